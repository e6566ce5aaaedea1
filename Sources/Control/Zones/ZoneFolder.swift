internal import DNSWire
internal import Zones

/// What a zones folder holds, sorted out.
struct ZoneFolder: Sendable {
  /// A zone whose file, though there, cannot be read as it is.
  struct Refusal: Equatable, Sendable {
    let apex: DomainName
    let diagnostics: [Diagnostic]
  }

  /// At most one for each zone, in the order of their names.
  var files: [ZoneFile] = []
  var refusals: [Refusal] = []
  /// Files whose names name no zone.
  var strays: [Diagnostic] = []

  /// Why a folder cannot be served from as a whole.
  struct Unusable: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// Looks at the folder: one pass over its entries, one stat(2) each.
  static func scan(_ folder: String) throws(Unusable) -> ZoneFolder {
    let entries: [System.Entry]
    do {
      entries = try System.entries(of: folder, where: ZoneFileName.isZoneFile)
    } catch {
      throw Unusable(description: error.description)
    }
    guard !entries.isEmpty else {
      throw Unusable(
        description: "no zone file in \(folder): a zone's file is called by its name and '.zone', "
          + "as in example.com.zone")
    }
    let contents = ZoneFolder(entries, in: folder)
    if contents.files.isEmpty, contents.refusals.isEmpty, let stray = contents.strays.first {
      throw Unusable(description: "no file in \(folder) names a zone; \(stray)")
    }
    return contents
  }

  /// Looks at a folder, or takes one zone file as all of a folder.
  static func contents(of path: String) throws(Unusable) -> ZoneFolder {
    guard let stamp = try? System.stamp(of: path), stamp.isRegular else { return try scan(path) }
    let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    do {
      var contents = ZoneFolder([], in: ".")
      contents.files = [ZoneFile(apex: try ZoneFileName.apex(of: name), path: path, stamp: stamp)]
      return contents
    } catch {
      throw Unusable(description: "\(path): \(error.message)")
    }
  }

  init(_ entries: [System.Entry], in folder: String) {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var claims: [(apex: DomainName, entry: System.Entry)] = []
    claims.reserveCapacity(entries.count)
    var places: [DomainName: Int] = Dictionary(minimumCapacity: entries.count)
    // Those that claim a zone that another has claimed before, by its place.
    var rivals: [Int: [System.Entry]] = [:]
    for entry in entries {
      do throws(ZoneFileName.Mistake) {
        let apex = try ZoneFileName.apex(of: entry.name)
        if let place = places[apex] {
          rivals[place, default: []].append(entry)
        } else {
          places[apex] = claims.count
          claims.append((apex, entry))
        }
      } catch {
        strays.append(Self.error(in: prefix + entry.name, error.message))
      }
    }
    for (place, (apex, entry)) in claims.enumerated() {
      if let others = rivals[place] {
        refusals.append(Self.conflict(apex, [entry] + others, prefix))
        continue
      }
      let path = prefix + entry.name
      if let stamp = entry.stamp, stamp.isRegular {
        files.append(ZoneFile(apex: apex, path: path, stamp: stamp))
      } else {
        let problem =
          entry.stamp == nil ? "cannot be read: the link leads nowhere" : "is not a regular file"
        refusals.append(Refusal(apex: apex, diagnostics: [Self.error(in: path, problem)]))
      }
    }
  }

  private static func conflict(_ apex: DomainName, _ entries: [System.Entry], _ prefix: String) -> Refusal {
    let names = entries.map(\.name)
    return Refusal(
      apex: apex,
      diagnostics: names.map { name in
        let others = names.filter { $0 != name }.joined(separator: ", ")
        return error(in: prefix + name, "zone \(apex) has another file too: \(others); keep one")
      })
  }

  private static func error(in path: String, _ message: String) -> Diagnostic {
    Diagnostic(.error, file: path, line: 1, column: 1, message: message)
  }
}
