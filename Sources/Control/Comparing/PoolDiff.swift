internal import Logging
internal import Steering
internal import Zones

/// Says what a change of zones does to their pools, by loading both versions as the server would.
public struct PoolDiff: Sendable {
  /// Folders of zone files, or one zone file each.
  public let old: String
  public let new: String
  /// One line of JSON instead of text.
  public let json: Bool
  /// Whether to tell on standard error how far it is, when it takes long.
  public let showsProgress: Bool
  /// The server's, whose checks the zones may name.
  public let configuration: Configuration

  /// Pools that are compared at a time.
  private static let batch = 64

  public init(
    old: String, new: String, json: Bool = false, showsProgress: Bool = false,
    configuration: Configuration = Configuration()
  ) {
    self.old = old
    self.new = new
    self.json = json
    self.showsProgress = showsProgress
    self.configuration = configuration
  }

  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why there is none.
  public func run(output: (String) -> Void, complaint: (String) -> Void) async -> ExitStatus {
    let result = await report()
    return ExitStatus.of(output: output, complaint: complaint) { () throws(PoolFailure) in try result.get() }
  }

  func report() async -> Result<[String], PoolFailure> {
    if let failure = mixture { return .failure(failure) }
    let shared: SharedDefinitions
    do throws(PoolFailure) {
      shared = try configuration.definitions()
    } catch {
      return .failure(error)
    }
    var sets: [PoolSet] = []
    var complaints: [String] = []
    for path in [old, new] {
      do throws(PoolFailure) {
        sets.append(try await PoolSet(reading: path, shared: shared, logger: logger))
      } catch {
        complaints += error.lines
      }
    }
    guard sets.count == 2 else { return .failure(PoolFailure(lines: complaints)) }
    let (before, after) = (sets[0], sets[1])
    let keys = after.keys + before.keys.filter { after[$0] == nil }
    let changes = await compare(keys, before, after)
    return .success(json ? [text(changes, of: keys.count)] : lines(changes, of: keys.count))
  }

  /// A folder and a file: whatever is missing in the file would count as removed.
  private var mixture: PoolFailure? {
    guard let one = try? System.stamp(of: old), let two = try? System.stamp(of: new),
      one.isRegular != two.isRegular
    else { return nil }
    let (file, folder) = one.isRegular ? (old, new) : (new, old)
    return .usage("\(file) is a file and \(folder) is not; compare two folders, or two files")
  }

  private func compare(_ keys: [PoolSet.Key], _ before: PoolSet, _ after: PoolSet) async -> [PoolChange] {
    let progress = LoadProgress(of: keys.count, "comparing pools", logger: logger)
    defer { progress.end() }
    let overlaps = ZoneOverlaps()
    return await withTaskGroup(of: (Int, [PoolChange]).self) { group in
      for start in stride(from: 0, to: keys.count, by: Self.batch) {
        group.addTask {
          var changes: [PoolChange] = []
          for key in keys[start..<min(start + Self.batch, keys.count)] {
            if let change = PoolChange(from: before[key], to: after[key], overlaps) { changes.append(change) }
            progress.advance()
            // Whoever tells the progress is to have a turn, too.
            await Task.yield()
          }
          return (start, changes)
        }
      }
      var batches: [(start: Int, changes: [PoolChange])] = []
      for await batch in group { batches.append(batch) }
      return batches.sorted { $0.start < $1.start }.flatMap(\.changes)
    }
  }

  private func lines(_ changes: [PoolChange], of count: Int) -> [String] {
    guard !changes.isEmpty else { return ["no pool changes"] }
    let counts = ["changed", "added", "removed"].map { kind in "\(changes.count { $0.kind == kind }) \(kind)"
    }
    return changes.flatMap(\.lines) + [
      "pools: \(counts.joined(separator: ", ")), \(count - changes.count) as before"
    ]
  }

  private func text(_ changes: [PoolChange], of count: Int) -> String {
    let counts = ["changed", "added", "removed"].map { kind in
      (kind, JSON.number(changes.count { $0.kind == kind }))
    }
    return JSON.object(
      [("pools", .array(changes.map(\.json)))] + counts + [("same", .number(count - changes.count))]
    ).text
  }

  private var logger: Logger {
    Logger(label: "swiftlet") { _ in
      LineLogHandler(writer: StandardError.writer, logLevel: showsProgress ? .notice : .critical)
    }
  }
}
