/// Where a server of HTTP listens.
public struct WebPlace: Hashable, Sendable, CustomStringConvertible {
  /// An address as text, without brackets.
  public let address: String
  /// 0: a free one.
  public let port: UInt16

  public init(address: String, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// As it stands in a URL: `127.0.0.1:9153` or `[::1]:9153`.
  public var description: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }
}
