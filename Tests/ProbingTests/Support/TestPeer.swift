import DNSWire
import Glibc
import Synchronization
import Testing

/// A member on loopback that does with each connection what it is told to. Stopped with its last reference.
final class TestPeer: Sendable {
  enum Act: Sendable {
    /// Waits until something has come.
    case receive
    case send([UInt8])
    /// Sends what it makes of what was received last.
    case sendResponse(@Sendable ([UInt8]) -> ArraySlice<UInt8>)
    case pause(milliseconds: UInt32)
    /// Sends over and over until nobody takes it.
    case sendForever([UInt8])
    case reset
    /// Keeps the connection open until the peer ends it.
    case hold

    static func send(_ text: String) -> Act { .send(Array(text.utf8)) }
  }

  let port: UInt16
  private let listener: Int32
  private let firsts = Mutex<[[UInt8]]>([])

  /// What each connection has sent first, in the order that they came.
  var received: [[UInt8]] { firsts.withLock { $0 } }

  init(at address: String = "127.0.0.1", _ acts: [Act]) throws {
    let v6 = address.contains(":")
    listener = socket(v6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(listener >= 0)
    var bound: UInt16 = 0
    if v6 {
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      inet_pton(AF_INET6, address, &name.sin6_addr)
      bound = try Self.listen(listener, &name, MemoryLayout<sockaddr_in6>.size) { $0.sin6_port }
    } else {
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      inet_pton(AF_INET, address, &name.sin_addr)
      bound = try Self.listen(listener, &name, MemoryLayout<sockaddr_in>.size) { $0.sin_port }
    }
    port = bound
    let listener = listener
    Self.thread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else {
          close(listener)
          return
        }
        Self.thread { [weak self] in
          Self.serve(connection, acts) { first in self?.firsts.withLock { $0.append(first) } }
        }
      }
    }
  }

  /// A port that nobody listens on.
  static func closedPort() throws -> UInt16 {
    let peer = try TestPeer([])
    return peer.port
  }

  // The thread closes it: another may get the number as soon as that is done.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func listen<Name>(
    _ listener: Int32, _ name: inout Name, _ size: Int, port: (Name) -> UInt16
  ) throws -> UInt16 {
    var length = socklen_t(size)
    let status = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(listener, name, length) == 0 && Glibc.listen(listener, 128) == 0
          && getsockname(listener, name, &length) == 0
      }
    }
    try #require(status)
    return UInt16(bigEndian: port(name))
  }

  private static func serve(_ connection: Int32, _ acts: [Act], note: ([UInt8]) -> Void) {
    defer { close(connection) }
    var isFirst = true
    var last: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    for act in acts {
      switch act {
      case .receive:
        let count = recv(connection, &buffer, buffer.count, 0)
        if count > 0, isFirst { note(Array(buffer[..<count])) }
        isFirst = false
        last = Array(buffer[..<max(0, count)])
      case .send(let octets):
        _ = Glibc.send(connection, octets, octets.count, Int32(MSG_NOSIGNAL))
      case .sendResponse(let response):
        let octets = Array(response(last))
        _ = Glibc.send(connection, octets, octets.count, Int32(MSG_NOSIGNAL))
      case .pause(let milliseconds): usleep(milliseconds * 1_000)
      case .sendForever(let octets):
        while Glibc.send(connection, octets, octets.count, Int32(MSG_NOSIGNAL)) > 0 {}
      case .reset:
        var setting = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
      case .hold: while recv(connection, &buffer, buffer.count, 0) > 0 {}
      }
    }
  }

  static func thread(_ body: @escaping @Sendable () -> Void) {
    final class Job {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var handle = pthread_t()
    let job = Unmanaged.passRetained(Job(body))
    let status = pthread_create(
      &handle, nil,
      { job in
        Unmanaged<Job>.fromOpaque(job!).takeRetainedValue().body()
        return nil
      }, job.toOpaque())
    if status == 0 { pthread_detach(handle) } else { job.release() }
  }
}
