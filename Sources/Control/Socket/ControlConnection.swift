/// A client of the control socket: its requests come in, one at a time, and each has its reply.
struct ControlConnection {
  typealias Instant = ContinuousClock.Instant

  enum State: Equatable {
    /// A request is awaited.
    case reading
    /// A request has been taken, and has no reply yet.
    case working
    /// A reply is on its way.
    case writing
  }

  struct TooLong: Error {}

  let socket: OpenFile
  private(set) var state = State.reading
  /// When it is given up; nil: a request that is worked on has any time.
  private(set) var deadline: Instant?
  private var input: [UInt8] = []
  /// Octets of `input` that hold no end of a line.
  private var searched = 0
  private var output: ArraySlice<UInt8> = []
  /// The client sends no more.
  private var hasEnded = false
  /// Closed after this reply.
  private var isLast = false

  init(_ socket: OpenFile, until deadline: Instant) {
    self.socket = socket
    self.deadline = deadline
  }

  /// Octets of a reply that are not read yet.
  var outputCount: Int { output.count }

  /// Whether there is nothing left to do for it.
  var isDone: Bool { state == .reading && (isLast || hasEnded && !hasLine) }

  private var hasLine: Bool { input[searched...].contains(UInt8(ascii: "\n")) }

  /// Takes octets that came, or the end. An unfinished line at the end is a request, too.
  mutating func receive(_ received: System.Received) {
    switch received {
    case .octets(let octets): input += octets
    case .nothingYet: break
    case .end:
      if !hasEnded, let last = input.last, last != UInt8(ascii: "\n") { input.append(UInt8(ascii: "\n")) }
      hasEnded = true
    }
  }

  /// The next request without the end of its line, where one is awaited and there; nil: there is none yet.
  ///
  /// - Throws: it has more octets than `limit`, with the end of its line.
  mutating func takeRequest(limit: Int) throws(TooLong) -> [UInt8]? {
    guard state == .reading, !isLast else { return nil }
    guard let end = input[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = input.count
      guard input.count < limit else { throw TooLong() }
      return nil
    }
    guard end < limit else { throw TooLong() }
    let line = Array(input[..<end])
    input.removeSubrange(...end)
    searched = 0
    state = .working
    deadline = nil
    return line
  }

  /// Begins to send a reply.
  mutating func reply(_ octets: [UInt8], until deadline: Instant, isLast: Bool = false) {
    output = octets[...]
    state = .writing
    self.deadline = deadline
    self.isLast = isLast
  }

  /// Sends what can be sent.
  ///
  /// - Parameter next: until when the next request is awaited.
  /// - Returns: false: the connection has failed.
  mutating func flush(next: Instant) -> Bool {
    guard state == .writing else { return true }
    guard let count = System.send(socket, output) else { return false }
    output = output.dropFirst(count)
    if output.isEmpty {
      output = []
      state = .reading
      deadline = next
    }
    return true
  }
}
