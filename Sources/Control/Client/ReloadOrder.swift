/// `swiftlet reload`: has a running server read the zones again that have changed, and waits for it.
public struct ReloadOrder: Sendable {
  /// The control socket; nil: where servers have it unless told otherwise.
  public let control: String?
  /// A line of JSON instead of text.
  public let json: Bool

  public init(control: String?, json: Bool) {
    self.control = control
    self.json = json
  }

  /// - Returns: a failure when something was refused.
  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ControlClient.run(control, complaint) { client throws(ControlClient.Failure) in
      // Zones take as long as they take.
      let reply = try client.ask(.object([("do", .string("reload"))]), patience: -1)
      guard let report = ReloadReport(reply) else { throw client.strangeReply }
      for line in json ? [reply.text] : report.lines { output(line) }
      return report.isGood ? .success : .failure
    }
  }
}
