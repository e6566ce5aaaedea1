import Glibc
import Synchronization
import Testing

@testable import Web

/// A client's socket, which waits for at most a minute.
final class WebClient: Sendable {
  private let socket: Int32
  private let received = Mutex<ArraySlice<UInt8>>([])

  init(_ server: WebServer) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(socket >= 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = server.places[0].port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
  }

  deinit { close(socket) }

  func send(_ text: String) {
    var octets = Array(text.utf8)[...]
    while !octets.isEmpty {
      let count = octets.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      octets = octets.dropFirst(count)
    }
  }

  /// Nil: the connection has ended.
  private func next() -> UInt8? {
    received.withLock { received in
      if received.isEmpty {
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &octets, octets.count, 0)
        guard count > 0 else { return nil }
        received = octets[..<count]
      }
      return received.removeFirst()
    }
  }

  /// What comes next, up to and with `end`; all there is, if the connection ends before.
  func receive(to end: String) -> String {
    var octets: [UInt8] = []
    let wanted = Array(end.utf8)
    while !octets.suffix(wanted.count).elementsEqual(wanted) || wanted.isEmpty {
      guard let octet = next() else { break }
      octets.append(octet)
    }
    return String(decoding: octets, as: UTF8.self)
  }

  /// All that comes until the server ends the connection.
  func receiveAll() -> String { receive(to: "") }

  /// Asks, and returns the status code of the response and what it says.
  func ask(_ request: String) -> (status: String, body: String) {
    send(request)
    let head = receive(to: "\r\n\r\n")
    let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
    var body = ""
    let count = length.flatMap { Int($0.dropFirst("content-length: ".count)) } ?? 0
    for _ in 0..<count {
      guard let octet = next() else { break }
      body.unicodeScalars.append(Unicode.Scalar(octet))
    }
    return (String(head.dropFirst("HTTP/1.1 ".count).prefix(3)), body)
  }
}
