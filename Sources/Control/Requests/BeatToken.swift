/// The secret that lets those report themselves who may do nothing else. It is in a file, which is out of sight of who
/// lists processes.
enum BeatToken {
  struct Failure: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// In octets, without white space at the end.
  private static let length = 16...512

  static func read(_ path: String) throws(Failure) -> String {
    let octets: [UInt8]
    do throws(SystemError) {
      octets = try System.contents(of: path, limit: 4_096)
    } catch {
      throw Failure(description: "the token is not known: \(error)")
    }
    let end = octets.lastIndex { !" \t\r\n".utf8.contains($0) }.map { $0 + 1 } ?? 0
    guard length.contains(end), let token = String(validating: octets[..<end], as: UTF8.self) else {
      throw Failure(
        description:
          "the token in \(path) is not of \(length.lowerBound) to \(length.upperBound) octets of text; "
          + "make one with 'openssl rand -hex 16'")
    }
    return token
  }

  /// Whether two tokens are the same, in a time that does not tell where they differ.
  static func isSame(_ one: String, _ other: String) -> Bool {
    guard one.utf8.count == other.utf8.count else { return false }
    return zip(one.utf8, other.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
