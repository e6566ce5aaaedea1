import Glibc

/// A connection between two processes that passes lines of JSON and descriptors. A line is answered before the next one
/// is sent, so that nothing is read beyond its end.
struct HandoverChannel: Sendable {
  enum Failure: Error, Equatable {
    /// The other process has ended, or closed the connection.
    case ended
    /// Nothing came in time.
    case silent
    /// What came is no message.
    case strange
  }

  typealias Message = (json: JSON, files: [OpenFile])

  private static let readingSize = 65_536
  /// Of a line: far more than thousands of descriptors take to be named.
  private static let lineLimit = 1 << 20

  let socket: OpenFile

  /// Sends a message, and descriptors, of which it says how many and what they are.
  ///
  /// - Parameter patience: how long the other process may take to read it.
  func send(_ json: JSON, _ files: [(part: HandoverMessage.Part, number: Int32)] = [], patience: Duration)
    throws(Failure)
  {
    var json = json
    if case .object(let members) = json, !files.isEmpty {
      json = .object(members + [("files", .array(files.map { .string($0.part.rawValue) }))])
    }
    let deadline = ContinuousClock.now + patience
    var numbers = files.map(\.number)[...]
    try send(Array((json.text + "\n").utf8), numbers.prefix(System.passedFiles), by: deadline)
    numbers = numbers.dropFirst(System.passedFiles)
    // One message has no room for more; an empty line goes with the others.
    while !numbers.isEmpty {
      try send([UInt8(ascii: "\n")], numbers.prefix(System.passedFiles), by: deadline)
      numbers = numbers.dropFirst(System.passedFiles)
    }
  }

  private func send(
    _ octets: [UInt8], _ files: ArraySlice<Int32>, by deadline: ContinuousClock.Instant
  ) throws(Failure) {
    var (octets, files) = (octets[...], files)
    while !octets.isEmpty {
      guard let count = System.send(socket, octets, with: files) else { throw .ended }
      if count > 0 {
        octets = octets.dropFirst(count)
        files = []
      } else {
        try wait(for: POLLOUT, until: deadline)
      }
    }
  }

  /// Waits for a message with all its descriptors.
  ///
  /// - Parameter patience: nil: any time.
  func receive(patience: Duration?) throws(Failure) -> Message {
    let deadline = patience.map { ContinuousClock.now + $0 }
    var line: [UInt8] = []
    var files: [OpenFile] = []
    var message: JSON?
    while true {
      if let message, files.count >= message["files"]?.elements?.count ?? 0 { return (message, files) }
      let (received, more) = System.receiveWithFiles(socket, limit: Self.readingSize)
      files += more
      switch received {
      case .octets(let octets):
        line += octets
        guard line.count <= Self.lineLimit else { throw .strange }
      case .nothingYet: try wait(for: POLLIN, until: deadline)
      case .end: throw .ended
      }
      guard message == nil, let end = line.firstIndex(of: UInt8(ascii: "\n")) else { continue }
      do { message = try JSONReader.read(Array(line[..<end])) } catch { throw .strange }
    }
  }

  /// Lets the other process send nothing more. What it has sent is there to be received.
  func endReceiving() { _ = shutdown(socket.number, Int32(SHUT_RD)) }

  private func wait(for events: Int32, until deadline: ContinuousClock.Instant?) throws(Failure) {
    let left = deadline.map { max(.zero, $0 - .now) }
    var requests = [pollfd(fd: socket.number, events: Int16(events), revents: 0)]
    System.wait(
      for: &requests, milliseconds: left.map { Int32(($0 / .milliseconds(1)).rounded(.up)) } ?? -1)
    if requests[0].revents == 0, left == .zero { throw .silent }
  }
}
