/// What one probe found out.
public struct ProbeResult: Equatable, Sendable {
  public var isSuccess: Bool
  public var reason: Reason
  /// From the beginning of the probe to its last octet; nil: nothing came back.
  public var responseTime: Duration?
  /// What the member says about itself.
  public var report = LoadReport()
  /// When the member's certificate expires, in seconds since 1970; nil: none was seen.
  public var certificateExpiry: Int64?

  public init(isSuccess: Bool, reason: Reason, responseTime: Duration? = nil) {
    self.isSuccess = isSuccess
    self.reason = reason
    self.responseTime = responseTime
  }
}
