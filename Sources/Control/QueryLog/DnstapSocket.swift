internal import Logging

/// A connection to who takes dnstap's frames, made again and again while there is none. It never waits: what finds no
/// room is dropped and counted.
struct DnstapSocket {
  private enum State {
    case closed(until: ContinuousClock.Instant)
    /// The receiver is to accept what it is offered.
    case greeting(OpenFile, until: ContinuousClock.Instant)
    case open(OpenFile)
  }

  private static let retryAfter = Duration.seconds(1)
  private static let patience = Duration.seconds(2)
  /// Octets that may wait for the receiver.
  private static let roomForOutput = 4 << 20

  private let path: String
  private let logger: Logger
  private var state: State
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  /// Why there is no connection, as far as it has been said.
  private var complaint: String?
  private var isEnding = false
  /// Frames that were dropped.
  private(set) var lossCount: UInt64 = 0

  init(path: String, _ logger: Logger, at now: ContinuousClock.Instant) {
    self.path = path
    self.logger = logger
    state = .closed(until: now)
  }

  mutating func add(_ frame: [UInt8]) {
    guard case .open = state, output.count + frame.count <= Self.roomForOutput else {
      lossCount += 1
      return
    }
    output += FrameStream.data(frame)
  }

  /// Does what can be done without waiting.
  mutating func proceed(at now: ContinuousClock.Instant) {
    switch state {
    case .closed(let end):
      if end <= now { connect(at: now) }
    case .greeting(let socket, let end):
      send(to: socket, at: now)
      receive(from: socket, at: now)
      if case .greeting = state, end <= now { close("it does not greet back", at: now) }
    case .open(let socket):
      send(to: socket, at: now)
      receive(from: socket, at: now)
    }
  }

  /// Says that there is no more, and waits a moment for the receiver to have taken all.
  mutating func end() {
    guard case .open(let socket) = state else { return }
    isEnding = true
    output += FrameStream.control(.stop)
    let end = ContinuousClock.now + Self.patience
    while case .open = state, ContinuousClock.now < end {
      proceed(at: .now)
      if output.isEmpty {
        _ = System.waitUntilReadable(socket.number, milliseconds: 100)
      } else {
        _ = System.waitUntilWritable(socket.number, milliseconds: 100)
      }
    }
  }

  private mutating func connect(at now: ContinuousClock.Instant) {
    do {
      let socket = try System.unixSocket()
      try System.connect(socket, to: path)
      state = .greeting(socket, until: now + Self.patience)
      output = FrameStream.control(.ready)
      input = []
    } catch {
      close(error.description, at: now)
    }
  }

  private mutating func send(to socket: OpenFile, at now: ContinuousClock.Instant) {
    guard !output.isEmpty else { return }
    guard let count = System.send(socket, output[...]) else { return close("it has left", at: now) }
    output.removeFirst(count)
  }

  private mutating func receive(from socket: OpenFile, at now: ContinuousClock.Instant) {
    switch System.receive(socket, limit: 4_096) {
    case .nothingYet: return
    case .end: return close("it has left", at: now)
    case .octets(let octets): input += octets
    }
    switch (FrameStream.read(input), state) {
    case (.incomplete, _): break
    case (.control(.accept, let count), .greeting):
      input.removeFirst(count)
      output += FrameStream.control(.start)
      state = .open(socket)
      complaint = nil
      logger.notice("dnstap: connected", metadata: ["socket": "\(path)"])
    case (.control(.finish, _), .open): close("it has finished", at: now)
    default: close("it does not speak Frame Streams", at: now)
    }
  }

  private mutating func close(_ reason: String, at now: ContinuousClock.Instant) {
    state = .closed(until: now + Self.retryAfter)
    // Some may have been sent in part, so none of them counts as received.
    output = []
    guard complaint != reason, !isEnding else { return }
    complaint = reason
    logger.warning("dnstap: nobody takes frames: \(reason)", metadata: ["socket": "\(path)"])
  }
}
