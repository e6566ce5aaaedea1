internal import DNSWire
internal import Health

/// What clients of the control socket ask for.
enum ControlRequest: Equatable, Sendable {
  /// How the server is, and the pools of a name or a zone; nil: all pools.
  case status(of: DomainName?)
  /// What a name is answered at the moment, and why.
  case explain(LiveQuestion)
  /// Zones are read again that have changed; the reply comes when that is done.
  case reload
  /// Members are to be answered otherwise than their health says, until this is taken back or has ended.
  case order(MemberOrder)
  /// What was ordered of members is taken back.
  case takeBack(Override.Scope)
  /// A member reports itself.
  case beat(Beat)

  /// Whether it cannot be done before there are members.
  var isAboutMembers: Bool {
    switch self {
    case .order, .takeBack, .beat: true
    case .status, .explain, .reload: false
    }
  }

  /// Whom a policy must have for it to be done; nil: nobody.
  var neededMember: Override.Scope? {
    switch self {
    case .order(let order): order.scope
    case .beat(let beat): beat.scope
    case .status, .explain, .reload, .takeBack: nil
    }
  }
}
