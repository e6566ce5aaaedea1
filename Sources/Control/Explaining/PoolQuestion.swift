internal import DNSWire
internal import Steering
internal import Zones

/// Which pools `explain` and `simulate` are asked about, as on the command line.
public struct PoolQuestion: Sendable {
  /// A folder of zone files, or one zone file.
  public let path: String
  /// The query's name, absolute with the final dot or without.
  public let name: String
  /// `A` or `AAAA`; nil: both.
  public let type: String?
  /// Members that are taken to be down.
  public let down: [String]

  public init(path: String, name: String, type: String? = nil, down: [String] = []) {
    self.path = path
    self.name = name
    self.type = type
    self.down = down
  }

  /// Loads the zone with the longest matching apex, as the server would, and finds the name in it.
  func subject() throws(PoolFailure) -> PoolSubject {
    let name = try Self.domainName(name)
    let type = try queryType()
    let identities = try down.map(Self.identity)
    let zone = try load(try file(of: name))
    let standing = NameStanding(of: name, type, in: zone.compiled)
    let subject = PoolSubject(zone: zone, name: name, standing: standing, down: Set(identities))
    for (text, identity) in zip(down, identities) where !subject.knows(identity) {
      throw PoolFailure(message: "\(text) is not a member of the policy of \(name), so it cannot be down")
    }
    return subject
  }

  private static func domainName(_ text: String) throws(PoolFailure) -> DomainName {
    do {
      return try DomainName(text)
    } catch {
      throw .usage("'\(text)' is not a domain name: \(error)")
    }
  }

  private static func identity(_ text: String) throws(PoolFailure) -> Member.Identity {
    if let address = IPAddress(text) { return .address(address) }
    guard text.contains(where: \.isLetter), !text.contains(":"), let target = try? DomainName(text) else {
      throw .usage("'\(text)' is neither an address nor a name")
    }
    return .target(target.lowercased)
  }

  private func queryType() throws(PoolFailure) -> RRType? {
    switch type?.uppercased() {
    case nil: return nil
    case "A"?: return .a
    case "AAAA"?: return .aaaa
    case let other?: throw .usage("'\(other)' is not a type that policies steer; those are A and AAAA")
    }
  }

  /// The file of the zone that the name is in.
  private func file(of name: DomainName) throws(PoolFailure) -> ZoneFile {
    let contents: ZoneFolder
    do {
      contents = try scan()
    } catch {
      throw PoolFailure(message: error.description)
    }
    let file = contents.files.filter { name.isSubdomain(of: $0.apex) }
      .max { $0.apex.labelCount < $1.apex.labelCount }
    let refusal = contents.refusals.filter { name.isSubdomain(of: $0.apex) }
      .max { $0.apex.labelCount < $1.apex.labelCount }
    if let refusal, refusal.apex.labelCount > file?.apex.labelCount ?? -1 {
      let reason = refusal.diagnostics.first.map(\.description) ?? "its file cannot be read"
      throw PoolFailure(message: "zone \(refusal.apex) is refused: \(reason)")
    }
    guard let file else { throw PoolFailure(message: "no zone of \(path) holds \(name)") }
    return file
  }

  private func scan() throws(ZoneFolder.Unusable) -> ZoneFolder {
    guard let stamp = try? System.stamp(of: path), stamp.isRegular else { return try ZoneFolder.scan(path) }
    let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    do {
      var contents = ZoneFolder([], in: ".")
      contents.files = [ZoneFile(apex: try ZoneFileName.apex(of: name), path: path, stamp: stamp)]
      return contents
    } catch {
      throw ZoneFolder.Unusable(description: "\(path): \(error.message)")
    }
  }

  private func load(_ file: ZoneFile) throws(PoolFailure) -> SteeredZone {
    let result = SteeredZoneLoader.load(file: file.path, apex: file.apex)
    if let zone = result.zone { return zone }
    let errors = result.diagnostics.filter { $0.severity == .error }
    let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
    throw PoolFailure(
      message:
        "zone \(file.apex) is refused: \(errors.first.map(\.description) ?? "it has no records")\(more)")
  }
}
