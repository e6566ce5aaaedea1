import Glibc

/// Posts each event as JSON over HTTP (RFC 9112), on a connection of its own.
struct EventPost: Sendable {
  /// Octets of a response's beginning, by which its status line must have ended.
  private static let responseLimit = 4_096

  private let address: PostAddress
  private let timeout: Duration

  /// - Parameter timeout: of connecting, sending and the response together. Looking the host's name up is not in it.
  init(_ address: PostAddress, timeout: Duration = .seconds(5)) {
    self.address = address
    self.timeout = timeout
  }

  /// Posts it and waits for the response. Blocks.
  ///
  /// - Returns: why it failed; nil: the response has a status of 200 to 299.
  func deliver(_ event: StateEvent) -> String? {
    do throws(Failure) {
      let code = try exchange(request(event.json.text))
      return (200...299).contains(code) ? nil : "the response has status \(code)"
    } catch {
      return error.message
    }
  }

  private struct Failure: Error {
    let message: String
  }

  private func request(_ content: String) -> [UInt8] {
    let head = """
      POST \(address.path) HTTP/1.1\r
      Host: \(address.authority)\r
      User-Agent: swiftlet/\(Version.text)\r
      Content-Type: application/json\r
      Content-Length: \(content.utf8.count)\r
      Connection: close\r
      \r

      """
    return Array((head + content).utf8)
  }

  /// - Returns: the response's status code.
  private func exchange(_ request: [UInt8]) throws(Failure) -> Int {
    let addresses: [ResolvedAddress]
    do throws(SystemError) {
      addresses = try System.resolve(address.host, port: address.port)
    } catch {
      throw Failure(message: error.description)
    }
    let deadline = ContinuousClock.now + timeout
    let socket = try connect(to: addresses, by: deadline)
    var rest = request[...]
    while !rest.isEmpty {
      guard isReady(socket, POLLOUT, by: deadline) else { throw late }
      guard let count = System.send(socket, rest) else { throw Failure(message: "the connection has failed") }
      rest = rest.dropFirst(count)
    }
    return try code(from: socket, by: deadline)
  }

  /// The first of the addresses that takes a connection.
  private func connect(
    to addresses: [ResolvedAddress], by deadline: ContinuousClock.Instant
  ) throws(Failure) -> OpenFile {
    var reason = "it has no address"
    for candidate in addresses {
      do throws(SystemError) {
        let socket = try System.beginConnecting(to: candidate)
        guard isReady(socket, POLLOUT, by: deadline) else {
          reason = "nothing came back"
          continue
        }
        try System.endConnecting(socket)
        return socket
      } catch {
        reason = error.reason
      }
    }
    throw Failure(message: "cannot connect to \(address.authority): \(reason)")
  }

  private func code(from socket: OpenFile, by deadline: ContinuousClock.Instant) throws(Failure) -> Int {
    var response: [UInt8] = []
    while response.count < Self.responseLimit {
      if let end = response.firstIndex(of: UInt8(ascii: "\n")) {
        let words = response[..<end].split(maxSplits: 2) {
          $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r")
        }
        guard words.count >= 2, words[0].starts(with: "HTTP/1.".utf8), words[1].count == 3,
          let code = Int(String(decoding: words[1], as: UTF8.self))
        else { break }
        return code
      }
      guard isReady(socket, POLLIN, by: deadline) else { throw late }
      switch System.receive(socket, limit: Self.responseLimit) {
      case .octets(let octets): response += octets
      case .nothingYet: break
      case .end: throw Failure(message: "the connection ended before the response")
      }
    }
    throw Failure(message: "the response is not one of HTTP")
  }

  private var late: Failure { Failure(message: "no response in \(timeout.milliseconds)") }

  /// Waits until the socket can be read from or written to; false: it is too late.
  private func isReady(_ socket: OpenFile, _ event: Int32, by deadline: ContinuousClock.Instant) -> Bool {
    var requests = [pollfd(fd: socket.number, events: Int16(event), revents: 0)]
    let left = (deadline - .now) / .milliseconds(1)
    if left > 0 { System.wait(for: &requests, milliseconds: Int32(left.rounded(.up))) }
    return requests[0].revents != 0
  }
}
