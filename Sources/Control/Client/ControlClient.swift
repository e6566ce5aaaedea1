import Glibc

/// A connection to a running server, for one request after the other.
struct ControlClient {
  /// Why there is no reply; one line that says what helps.
  struct Failure: Error, Equatable, CustomStringConvertible {
    let description: String
    var status = ExitStatus.failure
  }

  private static let readingSize = 65_536

  private let path: String
  private let socket: OpenFile
  private var unread: [UInt8] = []

  /// - Parameter path: of the control socket; nil: it is looked for where servers have it unless told otherwise.
  init(_ path: String?) throws(Failure) {
    var failures: [(path: String, error: SystemError)] = []
    let paths = path.map { [$0] } ?? ControlPlace.defaults
    for path in paths {
      guard path.utf8.count <= ControlSocket.pathLimit else {
        throw Failure(description: "\(ControlSocket.Failure.tooLong(path: path))")
      }
      do throws(SystemError) {
        let socket = try System.unixSocket(patience: 10)
        try System.connect(socket, to: path)
        self.path = path
        self.socket = socket
        return
      } catch {
        failures.append((path, error))
      }
    }
    throw Self.failure(failures)
  }

  /// That nobody listens at a path.
  static let absences = [ENOENT, ECONNREFUSED, ENOTDIR]

  private static func failure(_ failures: [(path: String, error: SystemError)]) -> Failure {
    if let (_, error) = failures.first(where: { !absences.contains($0.error.code) }) {
      let hint = error.code == EACCES ? "; the socket's owner and group may, see docs/control.md" : ""
      return Failure(description: "\(error)\(hint)")
    }
    let places = failures.map(\.path).joined(separator: " or ")
    return Failure(
      description: "no server answers at \(places): is it running? --control PATH names another place")
  }

  /// Sends a request and waits for its reply.
  ///
  /// - Parameter patience: how long, in milliseconds; -1: any time.
  /// - Throws: also what is wrong with the request, or what the server says is.
  mutating func ask(_ request: JSON, patience: Int32 = 30_000) throws(Failure) -> JSON {
    do throws(RequestFields.Mistake) {
      _ = try ControlRequest(request)
    } catch {
      throw Failure(description: error.message, status: .usage)
    }
    try send(Array((request.text + "\n").utf8), patience)
    let line = try readLine(patience)
    let reply: JSON
    do throws(JSONReader.Mistake) {
      reply = try JSONReader.read(line)
    } catch {
      throw Failure(description: "what answers at \(path) is no server of this kind: \(error)")
    }
    guard reply["ok"]?.boolean == true else {
      throw Failure(description: reply["error"]?.string ?? "the server refused")
    }
    return reply
  }

  /// Connects, and does something with the connection.
  ///
  /// - Parameter complaint: takes the line that says why there is no reply.
  static func run(
    _ path: String?, _ complaint: (String) -> Void,
    _ body: (inout ControlClient) throws(Failure) -> ExitStatus
  ) -> ExitStatus {
    System.fillStandardDescriptors()
    do throws(Failure) {
      var client = try ControlClient(path)
      return try body(&client)
    } catch {
      complaint(LogLine.escaped(error.description))
      return error.status
    }
  }

  /// A reply came, but none that is understood.
  var strangeReply: Failure {
    Failure(description: "the server at \(path) replies in other words; is it of another version?")
  }

  private var silence: Failure { Failure(description: "the server at \(path) does not answer") }

  private var end: Failure { Failure(description: "the server at \(path) has closed the connection") }

  private func send(_ octets: [UInt8], _ patience: Int32) throws(Failure) {
    var rest = octets[...]
    while !rest.isEmpty {
      guard System.waitUntilWritable(socket.number, milliseconds: patience) else { throw silence }
      guard let count = System.send(socket, rest) else { throw end }
      rest = rest.dropFirst(count)
    }
  }

  private mutating func readLine(_ patience: Int32) throws(Failure) -> [UInt8] {
    var searched = 0
    while true {
      if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(unread[..<end])
        unread.removeSubrange(...end)
        return line
      }
      searched = unread.count
      var requests = [pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)]
      System.wait(for: &requests, milliseconds: patience)
      guard requests[0].revents != 0 else { throw silence }
      switch System.receive(socket, limit: Self.readingSize) {
      case .octets(let octets): unread += octets
      case .nothingYet: break
      case .end: throw end
      }
    }
  }
}
