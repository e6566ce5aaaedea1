/// What one probe found out.
public struct ProbeResult: Equatable, Sendable {
  public var isSuccess: Bool
  public var reason: Reason
  /// Nothing came back from the member, not even a connection or that it refuses one: it may as well be the prober
  /// that is cut off. Unless set, as the reason has it.
  public var isMute: Bool
  /// From the beginning of the probe to its last octet; nil: nothing came back.
  public var responseTime: Duration?
  /// What the member says about itself.
  public var report = LoadReport()
  /// When the member's certificate expires, in seconds since 1970; nil: none was seen.
  public var certificateExpiry: Int64?

  public init(isSuccess: Bool, reason: Reason, responseTime: Duration? = nil) {
    self.isSuccess = isSuccess
    self.reason = reason
    isMute = reason.isMute
    self.responseTime = responseTime
  }
}
