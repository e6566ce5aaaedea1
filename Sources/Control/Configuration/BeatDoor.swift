/// A socket for everybody that takes nothing but beats, and only those with the token.
struct BeatDoor: Equatable, Sendable {
  let socket: String
  /// The file whose text is the token.
  let tokenFile: String
}

extension BeatDoor {
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    let members = try value.members(among: ["socket", "token-file"])
    guard let socket = members["socket"], let tokenFile = members["token-file"] else {
      throw value.mistake("both are needed, 'socket' and 'token-file'")
    }
    self.init(socket: try socket.text(), tokenFile: try tokenFile.text())
  }
}
