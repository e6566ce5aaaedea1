public import DNSWire

/// An address and port to listen on.
public struct Endpoint: Hashable, Sendable {
  public let address: IPAddress
  public let port: UInt16

  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// Whether it stands for all addresses of its family (`0.0.0.0`, `::`).
  public var isWildcard: Bool { address.high == 0 && address.low == 0 }

  /// Whether listening here takes what is sent to `other`, on the same port.
  func covers(_ other: IPAddress) -> Bool {
    address.family == other.family && (isWildcard || address == other)
  }
}
