/// `swiftlet explain NAME`: asks a running server how a name is answered at the moment, and why.
public struct LiveExplainer: Sendable {
  /// The control socket; nil: where servers have it unless told otherwise.
  public let control: String?
  public let name: String
  /// `A` or `AAAA`; nil: both.
  public let type: String?
  /// An address or a network that the query comes from; nil: no certain one.
  public let client: String?
  /// A line of JSON instead of text.
  public let json: Bool

  public init(control: String?, name: String, type: String?, client: String?, json: Bool) {
    self.control = control
    self.name = name
    self.type = type
    self.client = client
    self.json = json
  }

  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ControlClient.run(control, complaint) { server throws(ControlClient.Failure) in
      let reply = try server.ask(
        .object([
          ("do", .string("explain")), ("name", .string(name)), ("type", JSON(type)), ("client", JSON(client)),
        ]))
      guard let lines = reply["text"]?.elements?.compactMap(\.string) else { throw server.strangeReply }
      for line in json ? [reply.without("text").text] : lines { output(line) }
      return .success
    }
  }
}
