internal import Answering
internal import DNSWire
internal import Glibc

/// The sockets of one endpoint, bound and ready to be read: one of each transport for every worker, or as many as
/// another process has opened.
struct EndpointSockets {
  /// With the port that was chosen where 0 was asked for.
  let endpoint: Endpoint
  let udp: [Descriptor]
  let tcp: [Descriptor]

  /// Octets asked for as receive buffer of a UDP socket: what arrives in the time that a busy machine
  /// needs to give the worker a turn.
  private static let receiveBufferSize: Int32 = 4 << 20
  /// Connections that may wait to be accepted; the kernel lowers it to its own limit.
  private static let backlog: Int32 = 1024
  /// Ports to try when the kernel's choice for UDP is taken for TCP.
  private static let portAttempts = 32

  /// Binds `count` sockets of each transport, but of one of which some have been inherited.
  static func open(
    _ endpoint: Endpoint, count: Int, inherited: [InheritedSocket]
  ) throws(ListenError) -> EndpointSockets {
    let inherited = inherited.filter { $0.endpoint == endpoint }
    var attempt = 1
    while true {
      do throws(ListenError) {
        return try openOnce(endpoint, count: count, inherited: inherited)
      } catch .failed(_, .tcp, .addressInUse) where endpoint.port == 0 && attempt < portAttempts {
        attempt += 1
      }
    }
  }

  private static func openOnce(
    _ endpoint: Endpoint, count: Int, inherited: [InheritedSocket]
  ) throws(ListenError) -> EndpointSockets {
    var endpoint = endpoint
    var udp = try taken(inherited, .udp)
    for index in 0..<(udp.isEmpty ? count : 0) {
      let socket = try opened(endpoint, .udp, isFirst: index == 0)
      udp.append(socket)
      guard endpoint.port == 0 else { continue }
      do throws(Errno) {
        endpoint = Endpoint(address: endpoint.address, port: try System.port(of: socket))
      } catch {
        throw .failed(endpoint, .udp, error)
      }
    }
    var tcp = try taken(inherited, .tcp)
    for index in 0..<(tcp.isEmpty ? count : 0) {
      tcp.append(try opened(endpoint, .tcp, isFirst: index == 0))
    }
    return EndpointSockets(endpoint: endpoint, udp: udp, tcp: tcp)
  }

  /// Those of a transport, set up as if they had been opened here.
  private static func taken(
    _ inherited: [InheritedSocket], _ transport: TransportKind
  ) throws(ListenError) -> [Descriptor] {
    var sockets: [Descriptor] = []
    for socket in inherited where socket.transport == transport {
      do throws(Errno) {
        try prepare(socket.descriptor, socket.endpoint, transport)
      } catch {
        throw .failed(socket.endpoint, transport, error)
      }
      sockets.append(socket.descriptor)
    }
    return sockets
  }

  private static func opened(
    _ endpoint: Endpoint, _ transport: TransportKind, isFirst: Bool
  ) throws(ListenError) -> Descriptor {
    do throws(Errno) {
      let socket = try System.socket(endpoint.address.family, transport)
      if endpoint.address.family == .v6 {
        // IPv4 has endpoints of its own, and its clients should not come as IPv4-mapped addresses.
        try System.setOption(socket, level: Int32(IPPROTO_IPV6), option: IPV6_V6ONLY, to: 1)
      }
      try prepare(socket, endpoint, transport)
      // The first is bound as one that shares with nobody, so that it fails if anybody is there, be it
      // another instance of the same user, which would silently get half of the queries. Only then does
      // it open up to the sockets of the other workers.
      if !isFirst { try share(socket) }
      try System.bind(socket, to: endpoint)
      if isFirst { try share(socket) }
      if transport == .tcp { try System.listen(socket, backlog: backlog) }
      return socket
    } catch {
      throw .failed(endpoint, transport, error)
    }
  }

  private static func share(_ socket: Descriptor) throws(Errno) {
    try System.setOption(socket, level: SOL_SOCKET, option: SO_REUSEPORT, to: 1)
  }

  private static func prepare(
    _ socket: Descriptor, _ endpoint: Endpoint, _ transport: TransportKind
  ) throws(Errno) {
    switch transport {
    case .udp: try prepareDatagrams(socket, endpoint)
    case .tcp: try prepareStreams(socket)
    }
  }

  private static func prepareDatagrams(_ socket: Descriptor, _ endpoint: Endpoint) throws(Errno) {
    try widenBuffer(of: socket)
    // A response that does not fit the path must be fragmented rather than lost: with path MTU discovery
    // it would leave with "don't fragment" and the client would wait in vain. And what ICMP says of the
    // path is disregarded, as anybody can forge it to have responses cut where it suits cache poisoning.
    try System.allowFragments(socket, endpoint.address.family)
    if endpoint.isWildcard { try System.requestDestination(socket, endpoint.address.family) }
  }

  private static func widenBuffer(of socket: Descriptor) throws(Errno) {
    // The kernel tells twice of what it was asked for. What is larger by a manager's wish stays.
    let size = try System.option(socket, level: SOL_SOCKET, option: SO_RCVBUF)
    guard size < 2 * receiveBufferSize else { return }
    // The forced variant is not held down by the system-wide limit, but needs privileges.
    do throws(Errno) {
      try System.setOption(socket, level: SOL_SOCKET, option: SO_RCVBUFFORCE, to: receiveBufferSize)
    } catch {
      try? System.setOption(socket, level: SOL_SOCKET, option: SO_RCVBUF, to: receiveBufferSize)
    }
  }

  private static func prepareStreams(_ socket: Descriptor) throws(Errno) {
    // Connections of the process before that are not quite over must not keep this one from starting.
    try System.setOption(socket, level: SOL_SOCKET, option: SO_REUSEADDR, to: 1)
    // Responses leave as they are made. Connections take this over from their listening socket.
    try System.setOption(socket, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
  }
}
