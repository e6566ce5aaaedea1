internal import Answering
internal import DNSWire

/// The open sockets of all endpoints, and which workers read them.
///
/// Opened before privileges are dropped, and before there is anything to answer with. Closed with the
/// last reference.
public final class Listeners: Sendable {
  /// Where it listens, in the order asked for, with the port that the kernel chose where 0 was asked for.
  public let endpoints: [Endpoint]
  /// Worker threads that share each endpoint.
  public let threads: Int

  /// For each endpoint one socket a thread; of those that were inherited, as many as there were.
  let udp: [[Descriptor]]
  let tcp: [[Descriptor]]

  /// What a UDP worker reads.
  struct Seat {
    /// The index of the endpoint.
    let endpoint: Int
    /// The number of the worker at this endpoint.
    let thread: Int
    let socket: Descriptor
    /// Whether others read the socket, too, and have a smaller number.
    let isShared: Bool
  }

  /// For each UDP worker, endpoint after endpoint. Every socket is read: with more of them than threads there are
  /// more workers, and with fewer some share one.
  let seats: [Seat]

  /// What the publisher of snapshots must be made for: the workers of UDP, then those of TCP, one for each thread.
  public var workerCount: Int { seats.count + threads }

  /// Binds every endpoint, or none.
  ///
  /// - Parameters:
  ///   - endpoints: at least one. Port 0 stands for a free one, the same for UDP and TCP.
  ///   - threads: at least 1.
  ///   - inherited: taken in place of opening sockets of their endpoints and transports; those of other endpoints
  ///     are left alone.
  /// - Throws: for the first endpoint that cannot be had, as when another server has the port, be it one
  ///   that would share it.
  public init(
    _ endpoints: [Endpoint], threads: Int, inherited: [InheritedSocket] = []
  ) throws(ListenError) {
    precondition(!endpoints.isEmpty && threads > 0, "nothing to listen on, or nobody to listen")
    try Self.checkOverlaps(endpoints)
    var bound: [EndpointSockets] = []
    for endpoint in endpoints {
      bound.append(try EndpointSockets.open(endpoint, count: threads, inherited: inherited))
    }
    self.endpoints = bound.map(\.endpoint)
    self.threads = threads
    udp = bound.map(\.udp)
    tcp = bound.map(\.tcp)
    seats = bound.enumerated().flatMap { index, sockets in
      let count = sockets.udp.count
      return (0..<max(threads, count)).map {
        Seat(endpoint: index, thread: $0, socket: sockets.udp[$0 % count], isShared: $0 >= count)
      }
    }
  }

  /// The listening sockets of each TCP worker. Every one is some worker's; where an endpoint has fewer than there
  /// are workers, some share one.
  var tcpSeats: [[Descriptor]] {
    var seats = [[Descriptor]](repeating: [], count: threads)
    for sockets in tcp {
      for index in 0..<max(threads, sockets.count) {
        seats[index % threads].append(sockets[index % sockets.count])
      }
    }
    return seats
  }

  /// The numbers of all sockets, for passing them to another process. They are open for as long as this is.
  public var numbers: [Int32] { (udp + tcp).joined().map(\.number) }

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
