public import DNSWire

/// An address and port to listen on.
public struct Endpoint: Hashable, Sendable {
  public let address: IPAddress
  public let port: UInt16

  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}
