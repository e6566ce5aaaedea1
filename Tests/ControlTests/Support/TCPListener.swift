import Glibc

/// A TCP server on 127.0.0.1 that serves one client at a time.
final class TCPListener: Sendable {
  struct Failure: Error {}

  let port: UInt16
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { throw Failure() }
    port = UInt16(bigEndian: address.sin_port)
  }

  /// Takes a connection, reads a request of HTTP, sends the response and closes. Returns the request.
  func exchange(_ response: String) -> String {
    let connection = accept(descriptor, nil, nil)
    defer { Glibc.close(connection) }
    var request: [UInt8] = []
    while !Self.isWhole(request) {
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { break }
      request += chunk[..<count]
    }
    let octets = Array(response.utf8)
    _ = send(connection, octets, octets.count, Int32(MSG_NOSIGNAL))
    return String(decoding: request, as: UTF8.self)
  }

  private static func isWhole(_ octets: [UInt8]) -> Bool {
    let parts = String(decoding: octets, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1)
    let lines = parts.first?.split(separator: "\r\n") ?? []
    let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) }
    return parts.count == 2 && parts[1].utf8.count == length
  }

  func close() { Glibc.close(descriptor) }
}
