public import Answering
internal import DNSWire
internal import Glibc

/// A socket that another process has opened: the one that is taken over from, or the system's service manager.
/// What it is for is asked of the kernel.
public struct InheritedSocket: Sendable {
  public let endpoint: Endpoint
  public let transport: TransportKind
  let descriptor: Descriptor
  private let takesBothFamilies: Bool

  /// Why a descriptor is of no use here, in words that go on after its name.
  public struct Unusable: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// Takes a descriptor, which is closed with the last copy of this; and also when it is of no use.
  public init(_ number: Int32) throws(Unusable) {
    let descriptor = Descriptor(number)
    System.closeOnExec(descriptor)
    do throws(Errno) {
      let kind = try System.option(descriptor, level: SOL_SOCKET, option: SO_TYPE)
      let isListening = try System.option(descriptor, level: SOL_SOCKET, option: SO_ACCEPTCONN) == 1
      guard let endpoint = try System.endpoint(of: descriptor),
        kind == Int32(SOCK_DGRAM.rawValue) || kind == Int32(SOCK_STREAM.rawValue) && isListening
      else { throw Errno(rawValue: EPROTOTYPE) }
      self.endpoint = endpoint
      transport = isListening ? .tcp : .udp
      self.descriptor = descriptor
      takesBothFamilies =
        endpoint.address.family == .v4
        ? false : try System.option(descriptor, level: Int32(IPPROTO_IPV6), option: IPV6_V6ONLY) == 0
      try System.setNonBlocking(descriptor, to: isListening)
    } catch {
      throw Unusable(
        description: [ENOTSOCK, EPROTOTYPE].contains(error.rawValue)
          ? "is neither a socket of UDP nor one of TCP that listens" : "cannot be used: \(error)")
    }
    guard endpoint.port != 0 else { throw Unusable(description: "is bound to no address and port") }
    guard !System.isConnected(descriptor) else {
      throw Unusable(description: "is connected to one address, and would take queries of nobody else")
    }
    guard !takesBothFamilies else {
      throw Unusable(
        description:
          "is bound to \(endpoint) and takes IPv4 as well; have it made for IPv6 alone (BindIPv6Only=ipv6-only)"
      )
    }
  }
}
