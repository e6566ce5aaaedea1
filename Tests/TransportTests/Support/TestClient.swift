import DNSWire
import Glibc
import Testing

@testable import Answering
@testable import Transport

/// A client's socket, connected, so that it hears of nobody but the address that it asks. Waits for at
/// most ten seconds.
final class TestClient: Sendable {
  let descriptor: Descriptor

  /// - Parameters:
  ///   - source: the address to ask from; nil: the system's choice.
  ///   - receiveBuffer: octets that the kernel is to keep for the client; nil: as usual.
  init(
    _ transport: TransportKind, to address: String = "127.0.0.1", port: UInt16, from source: String? = nil,
    receiveBuffer: Int32? = nil
  ) throws {
    let target = Endpoint(address: try #require(IPAddress(address)), port: port)
    let type = transport == .udp ? SOCK_DGRAM : SOCK_STREAM
    descriptor = Descriptor(
      Glibc.socket(target.address.family == .v4 ? AF_INET : AF_INET6, Int32(type.rawValue), 0))
    try #require(descriptor.number >= 0)
    if let receiveBuffer {
      try System.setOption(descriptor, level: SOL_SOCKET, option: SO_RCVBUF, to: receiveBuffer)
    }
    if transport == .tcp {
      try System.setOption(descriptor, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
    }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      descriptor.number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if let source {
      try System.bind(descriptor, to: Endpoint(address: try #require(IPAddress(source)), port: 0))
    }
    let status = SocketAddress(target).withPointer { connect(descriptor.number, $0, $1) }
    try #require(status == 0, "connect: \(Errno(rawValue: errno))")
  }

  /// Sends all of `octets`; false when the server has closed the connection.
  @discardableResult
  func send(_ octets: [UInt8]) -> Bool {
    var sent = 0
    repeat {
      let count = octets.withUnsafeBytes {
        Glibc.send(descriptor.number, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0 { return false }
      sent += count
    } while sent < octets.count
    return true
  }

  /// The next datagram, or up to `limit` octets of the stream; empty at its end; nil when reset or when
  /// nothing comes.
  func receive(_ limit: Int = 65_535) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: limit)
    let count = octets.withUnsafeMutableBytes { recv(descriptor.number, $0.baseAddress, $0.count, 0) }
    return count < 0 ? nil : Array(octets[..<count])
  }

  /// Exactly `count` octets of the stream; nil when it ends before.
  func receive(exactly count: Int) -> [UInt8]? {
    var octets: [UInt8] = []
    while octets.count < count {
      guard let more = receive(count - octets.count), !more.isEmpty else { return nil }
      octets += more
    }
    return octets
  }

  /// The next response of the stream; nil when it ends before.
  func receiveResponse() -> TestResponse? {
    guard let prefix = receive(exactly: 2) else { return nil }
    return receive(exactly: Int(prefix[0]) << 8 | Int(prefix[1])).map(TestResponse.init(octets:))
  }

  /// Asks for `www` over TCP and says whether it was answered.
  func isAnswered(id: UInt16 = 1) -> Bool {
    guard send(TestQuery.framed(id: id)), let response = receiveResponse() else { return false }
    return response.isResponse && response.id == Int(id) && response.answerCount == 1
  }

  /// Whether the server closes the connection, or has closed it, with nothing else to come.
  var isEnded: Bool {
    guard let rest = receive(1) else { return errno == ECONNRESET }
    return rest.isEmpty
  }

  /// Whether something, or the end, can be received by now.
  var isReadable: Bool {
    var descriptor = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  /// Sends nothing more.
  func finishSending() { shutdown(descriptor.number, Int32(SHUT_WR)) }

  /// Makes closing a reset: the connection is gone at once, and the server is told so.
  func resetOnClose() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor.number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }
}
