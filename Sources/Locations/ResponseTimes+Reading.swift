internal import DNSWire
public import Zones

extension ResponseTimes {
  /// Why a file of times cannot be used.
  public enum ReadError: Error, Equatable {
    /// The system's reason, such as "No such file or directory".
    case unreadable(String)
    /// The first mistakes in it.
    case wrong([Diagnostic])
  }

  /// Reads a file of lines such as `192.0.2.0/24 fra 12.5`: a network, a location, and milliseconds. What follows a
  /// `#` is a comment.
  public convenience init(file: String) throws(ReadError) {
    let contents: FileContents
    do {
      contents = try FileContents(path: file)
    } catch {
      throw .unreadable("\(error)")
    }
    var reader = ResponseTimesReader(file: file)
    for line in contents.octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      reader.read(line)
    }
    reader.end()
    guard reader.mistakes.isEmpty else { throw .wrong(reader.mistakes) }
    self.init(reader.times, reader.mentions, file: file, contentHash: contents.hash)
  }

  /// Warns of locations that no zone has, so that what was measured to them does not count; in the order of the file.
  ///
  /// - Parameter known: names of locations that zones have.
  public func strangers(to known: Set<String>) -> [Diagnostic] {
    mentions.filter { !known.contains($0.key) }
      .sorted { ($0.value.line, $0.value.column) < ($1.value.line, $1.value.column) }
      .map { name, place in
        Diagnostic(
          .warning, file: file, line: place.line, column: place.column,
          message: "no zone has a location '\(name)'; its times do not count")
      }
  }
}

extension ResponseTimes.ReadError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot read the file: \(reason)"
    case .wrong(let mistakes): mistakes.map(\.description).joined(separator: "\n")
    }
  }
}
