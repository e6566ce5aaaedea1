internal import Answering
internal import DNSWire

/// The open sockets of all endpoints, one of each transport for every worker that reads them.
///
/// Opened before privileges are dropped, and before there is anything to answer with. Closed with the
/// last reference.
public final class Listeners: Sendable {
  /// Where it listens, in the order asked for, with the port that the kernel chose where 0 was asked for.
  public let endpoints: [Endpoint]
  /// Worker threads that share each endpoint.
  public let threads: Int

  /// For each endpoint, one socket a thread.
  let udp: [[Descriptor]]
  let tcp: [[Descriptor]]

  /// Binds every endpoint, or none.
  ///
  /// - Parameters:
  ///   - endpoints: at least one. Port 0 stands for a free one, the same for UDP and TCP.
  ///   - threads: at least 1.
  /// - Throws: for the first endpoint that cannot be had, as when another server has the port, be it one
  ///   that would share it.
  public init(_ endpoints: [Endpoint], threads: Int) throws(ListenError) {
    precondition(!endpoints.isEmpty && threads > 0, "nothing to listen on, or nobody to listen")
    try Self.checkOverlaps(endpoints)
    var bound: [EndpointSockets] = []
    for endpoint in endpoints { bound.append(try EndpointSockets.open(endpoint, count: threads)) }
    self.endpoints = bound.map(\.endpoint)
    self.threads = threads
    udp = bound.map(\.udp)
    tcp = bound.map(\.tcp)
  }

  /// Without this, the server would be told that another one has the port, while it is itself.
  private static func checkOverlaps(_ endpoints: [Endpoint]) throws(ListenError) {
    for (index, endpoint) in endpoints.enumerated() where endpoint.port != 0 {
      for (otherIndex, other) in endpoints.enumerated() where otherIndex != index {
        let isSame = other == endpoint && otherIndex < index
        let isCovered = other.port == endpoint.port && other != endpoint && other.covers(endpoint.address)
        if isSame || isCovered { throw .covered(endpoint, by: other) }
      }
    }
  }
}
