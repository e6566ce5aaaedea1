/// A request, and what its response must be.
public struct HTTPProbe: Hashable, Sendable {
  public enum Method: String, CaseIterable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case options = "OPTIONS"
    case post = "POST"
  }

  /// A field of the request (RFC 9110 §5).
  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public var method = Method.get
  /// From its slash on, with the query if there is one (RFC 9112 §3.2.1).
  public var path = "/"
  /// For the `Host` field and the TLS server name, without a final dot; nil: the member's address or target.
  public var host: String?
  public var field: Field?
  /// Status codes that count as success, 100...599.
  public var expected: [ClosedRange<Int>] = [200...299]
  /// What the first 64 KiB of the response's content must have in them; empty: they are not read.
  public var body: [UInt8] = []

  public init() {}
}
