/// What becomes of answered queries.
struct QueryLogTargets: Equatable, Sendable {
  /// A file that gets a line for each, or `standardOutput`.
  var file: String?
  /// A Unix socket where dnstap's frames are taken.
  var dnstap: String?
  /// Of how many answered queries each thread logs one.
  var sample = 1

  static let standardOutput = "-"
  static let samples = 1...1_000_000_000
}

extension QueryLogTargets {
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    let members = try value.members(among: ["file", "dnstap", "sample"])
    self.init()
    file = try members["file"]?.text()
    dnstap = try members["dnstap"]?.text()
    if let sample = try members["sample"]?.integer(Self.samples) { self.sample = sample }
    guard file != nil || dnstap != nil else {
      throw value.mistake("'file', 'dnstap' or both are needed")
    }
    if let socket = members["dnstap"], let dnstap, dnstap.utf8.count > System.socketPathLimit {
      throw socket.mistake("a socket's path has \(System.socketPathLimit) octets at most")
    }
  }
}
