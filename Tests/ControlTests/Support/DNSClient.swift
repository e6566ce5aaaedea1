import DNSWire
import Glibc

/// Asks one question at a time over UDP.
struct DNSClient {
  struct NoAnswer: Error {}

  let port: UInt16

  /// The response code and the last four octets, which in an answer of one A record are its address; such
  /// as "0 192.0.2.1". The code alone where nothing is answered.
  func ask(_ name: String, type: UInt16 = 1, rrClass: UInt16 = 1) throws -> String {
    let response = try exchange(name, type, rrClass)
    let code = response[3] & 15
    let answers = UInt16(response[6]) << 8 | UInt16(response[7])
    guard answers > 0 else { return "\(code)" }
    return "\(code) " + response.suffix(4).map { "\($0)" }.joined(separator: ".")
  }

  /// The octets of the response to a question without EDNS.
  func exchange(_ name: String, _ type: UInt16, _ rrClass: UInt16) throws -> [UInt8] {
    try exchange(query(name, type, rrClass))
  }

  private func query(_ name: String, _ type: UInt16, _ rrClass: UInt16) throws -> [UInt8] {
    [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] + (try DomainName(name).octets)
      + [UInt8(type >> 8), UInt8(type & 0xff), UInt8(rrClass >> 8), UInt8(rrClass & 0xff)]
  }

  /// The octets of the response to a query.
  func exchange(_ query: [UInt8]) throws -> [UInt8] {
    let descriptor = try connection(SOCK_DGRAM)
    defer { close(descriptor) }
    // Loopback loses nothing but when buffers overflow; ask again all the same.
    for _ in 0..<5 {
      guard send(descriptor, query, query.count, 0) == query.count else { throw NoAnswer() }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 5_000) > 0 else { continue }
      var response = [UInt8](repeating: 0, count: 4_096)
      let count = recv(descriptor, &response, response.count, 0)
      guard count >= 12 else { throw NoAnswer() }
      return Array(response[..<count])
    }
    throw NoAnswer()
  }

  /// The response code to a question over TCP.
  func askOverTCP(_ name: String) throws -> UInt8 {
    let descriptor = try connection(SOCK_STREAM)
    defer { close(descriptor) }
    let query = try query(name, 1, 1)
    let framed = [0, UInt8(query.count)] + query
    var response = [UInt8](repeating: 0, count: 6)
    guard send(descriptor, framed, framed.count, 0) == framed.count,
      recv(descriptor, &response, response.count, Int32(MSG_WAITALL)) == response.count
    else { throw NoAnswer() }
    return response[5] & 15
  }

  private func connection(_ type: __socket_type) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      throw NoAnswer()
    }
    return descriptor
  }
}

extension DNSClient {
  /// Asks until somebody listens: a closed port refuses at once.
  func ask(retrying name: String) throws -> String {
    for _ in 0..<2_000 {
      if let answer = try? ask(name) { return answer }
      usleep(5_000)
    }
    throw NoAnswer()
  }
}
