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
}
