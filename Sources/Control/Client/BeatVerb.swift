internal import Steering

/// `swiftlet beat`: reports to a running server that a member is up, or not.
public struct BeatVerb: Sendable {
  /// The socket; nil: where servers have their control socket unless told otherwise.
  public var control: String?
  /// `ADDRESS` or `NAME/ADDRESS`.
  public var member: String
  public var isDown = false
  /// For people.
  public var reason: String?
  /// A share, as `70%` or `0.7`.
  public var load: String?
  public var connections: Int?
  /// The file whose text is the token; nil: none is needed.
  public var tokenFile: String?
  /// A line of JSON instead of text.
  public var json = false

  public init(of member: String, control: String?) {
    self.member = member
    self.control = control
  }

  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    var share: Double?
    if let load {
      share = Decimal.share(load[...])
      guard share != nil else {
        complaint(LogLine.escaped("--load is a share of 0 to 1, like 70% or 0.7, not '\(load)'"))
        return .usage
      }
    }
    let token: String?
    do throws(BeatToken.Failure) {
      token = try tokenFile.map { (path) throws(BeatToken.Failure) in try BeatToken.read(path) }
    } catch {
      complaint(LogLine.escaped(error.description))
      return .failure
    }
    return ControlClient.run(control, complaint) { client throws(ControlClient.Failure) in
      let reply = try client.ask(
        .object([
          ("do", .string("beat")), ("member", .string(member)), ("state", .string(isDown ? "down" : "up")),
          ("reason", JSON(reason)), ("load", JSON(share)), ("connections", JSON(connections)),
          ("token", JSON(token)),
        ]))
      guard let report = BeatReport(reply) else { throw client.strangeReply }
      for line in json ? [reply.text] : report.lines { output(line) }
      return .success
    }
  }
}
