internal import Locations
internal import Zones

/// The files that say where clients are, and what was read of them.
struct LocationFiles: Sendable {
  var database: LocationFile<LocationDatabase>?
  var times: LocationFile<ResponseTimes>?
  /// What has been told of locations that no zone has.
  private var toldStrangers: Set<String> = []

  init(_ source: LocationSource) {
    database = source.database.map { LocationFile(path: $0) }
    times = source.times.map { LocationFile(path: $0) }
  }

  var paths: [String] { [database?.path, times?.path].compactMap(\.self) }

  /// Whether some may be another than it was when it was read.
  var isChanged: Bool { database?.isChanged ?? false || times?.isChanged ?? false }

  /// What was read last that could be used.
  var knowledge: ClientKnowledge { ClientKnowledge(database: database?.content, times: times?.content) }

  /// Warns of locations that times are measured to and that no zone has, unless that was told before.
  ///
  /// - Parameter known: names of locations that zones have; asked for only where there are times.
  mutating func strangers(to known: () -> Set<String>) -> [Diagnostic] {
    let strangers = times?.content.map { $0.strangers(to: known()) } ?? []
    let new = strangers.filter { !toldStrangers.contains($0.message) }
    toldStrangers = Set(strangers.lazy.map(\.message))
    return new
  }

  /// What is wrong with a file, line by line, each with its place.
  static func complaints(of error: some Error & CustomStringConvertible, path: String) -> [String] {
    if case .wrong(let mistakes) = error as? ResponseTimes.ReadError {
      return mistakes.map { LogLine.escaped($0.description) }
    }
    return [LogLine.escaped("\(path): \(error)")]
  }
}

extension LocationSource {
  /// Reads the files.
  func read() throws(PoolFailure) -> ClientKnowledge {
    ClientKnowledge(database: try database.map(Self.read), times: try times.map(Self.read))
  }

  private static func read<Content: LocationContent>(_ path: String) throws(PoolFailure) -> Content {
    do {
      return try Content(file: path)
    } catch {
      throw PoolFailure(lines: LocationFiles.complaints(of: error, path: path))
    }
  }
}
