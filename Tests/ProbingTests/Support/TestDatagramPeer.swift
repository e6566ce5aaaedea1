import Glibc
import Testing

/// A member on loopback that answers datagrams. Stopped with its last reference.
final class TestDatagramPeer: Sendable {
  private let descriptor: Int32

  /// - Parameters:
  ///   - port: in which nobody else receives.
  ///   - answers: to a datagram.
  init(port: UInt16, answers: @escaping @Sendable ([UInt8]) -> [[UInt8]]) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    try #require(descriptor >= 0)
    self.descriptor = descriptor
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
    let status = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    TestPeer.thread {
      defer { close(descriptor) }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        var peer = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &peer) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
            let count = recvfrom(descriptor, &buffer, buffer.count, 0, peer, &length)
            guard count > 0 else {
              length = 0
              return
            }
            for answer in answers(Array(buffer[..<count])) {
              sendto(descriptor, answer, answer.count, 0, peer, length)
            }
          }
        }
        if length == 0 { return }
      }
    }
  }

  // What waits to receive comes back with nothing.
  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
