import Glibc

@testable import Control

/// A client of a control socket that sends what it likes.
final class ControlProbe {
  struct Silence: Error {}

  private let socket: OpenFile
  private var unread: [UInt8] = []

  init(_ path: String) throws {
    socket = try System.unixSocket(patience: 30)
    try System.connect(socket, to: path)
  }

  /// Sends as much as is taken. Returns how many octets that was.
  @discardableResult
  func send(_ text: String) -> Int { System.send(socket, Array(text.utf8)[...]) ?? 0 }

  /// Says that it sends no more.
  func endSending() { shutdown(socket.number, Int32(SHUT_WR)) }

  /// Waits until the other side has closed the connection, without reading.
  func waitForEnd() {
    var requests = [pollfd(fd: socket.number, events: 0, revents: 0)]
    System.wait(for: &requests, milliseconds: 30_000)
  }

  /// The next line; nil at the end of the connection.
  func line() throws -> String? {
    var searched = 0
    while true {
      if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        return line
      }
      searched = unread.count
      var requests = [pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)]
      System.wait(for: &requests, milliseconds: 30_000)
      guard requests[0].revents != 0 else { throw Silence() }
      switch System.receive(socket, limit: 65_536) {
      case .octets(let octets): unread += octets
      case .nothingYet: break
      case .end: return nil
      }
    }
  }

  func ask(_ text: String) throws -> String? {
    send(text + "\n")
    return try line()
  }
}
