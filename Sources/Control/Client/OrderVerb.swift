/// `swiftlet drain`, `down`, `up`, `weight` and `auto`: orders of a running server how members are to be answered.
public struct OrderVerb: Sendable {
  public enum Order: Sendable {
    case drain, down, up, auto
    case weight(Int)

    var verb: String {
      switch self {
      case .drain: "drain"
      case .down: "down"
      case .up: "up"
      case .auto: "auto"
      case .weight: "weight"
      }
    }
  }

  /// The control socket; nil: where servers have it unless told otherwise.
  public var control: String?
  public var order: Order
  /// `ADDRESS` or `NAME/ADDRESS`.
  public var member: String
  /// For how long, as `2h`; nil: until it is taken back.
  public var duration: String?
  /// For people.
  public var reason: String?
  /// A line of JSON instead of text.
  public var json = false

  public init(_ order: Order, of member: String, control: String?) {
    self.order = order
    self.member = member
    self.control = control
  }

  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ControlClient.run(control, complaint) { client throws(ControlClient.Failure) in
      let reply = try client.ask(request)
      guard let report = OrderReport(reply) else { throw client.strangeReply }
      for line in json ? [reply.text] : report.lines { output(line) }
      return .success
    }
  }

  private var request: JSON {
    var members: [(String, JSON)] = [("do", .string(order.verb)), ("member", .string(member))]
    if case .weight(let weight) = order { members.append(("weight", .number(weight))) }
    guard order.verb != "auto" else { return .object(members) }
    return .object(
      members + [("for", JSON(duration)), ("reason", JSON(reason)), ("author", .string(System.operatorName))])
  }
}
