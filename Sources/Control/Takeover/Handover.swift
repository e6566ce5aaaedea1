import Glibc
internal import Health
internal import Logging

/// Has another process take over from this one: passes it the sockets, then what is known of members, then leaves.
/// Until it is told to leave, everything goes on as if nothing had happened, whatever becomes of the other; and once it is
/// told, it leaves, whatever has become of the other.
struct Handover: Sendable {
  /// For the other to read a message, and to go on where it has nothing left to load.
  private static let patience = Duration.seconds(30)
  /// For the other to load its zones. One that hangs would keep all others from taking over.
  private static let loadingPatience = Duration.seconds(600)

  private let channel: HandoverChannel
  private let request: JSON
  private let doors: Doors
  private let logger: Logger
  private let events: AsyncStream<ControlEvent>.Continuation

  /// - Parameter request: with which the other began.
  init(
    _ socket: OpenFile, _ request: JSON, _ doors: Doors, _ logger: Logger,
    events: AsyncStream<ControlEvent>.Continuation
  ) {
    channel = HandoverChannel(socket: socket)
    self.request = request
    self.doors = doors
    self.logger = logger
    self.events = events
  }

  /// Whether a request at the control socket begins to take over.
  static func isMeant(by request: JSON) -> Bool {
    request["do"]?.string == HandoverMessage.Step.takeover.rawValue
  }

  func run() async {
    guard let peer = System.peer(of: channel.socket) else { return }
    if let refusal = refusal(of: peer.user) {
      logger.warning(
        "a takeover was refused: \(refusal)",
        metadata: ["process": "\(peer.process)", "user": "\(peer.user)"])
      try? channel.send(.failure(refusal), patience: Self.patience)
      return
    }
    if let other = doors.promise(to: peer.process) {
      let refusal = "another process (\(other)) is taking over already; end it first"
      try? channel.send(.failure(refusal), patience: Self.patience)
      return
    }
    logger.notice(
      "another process prepares to take over",
      metadata: [
        "process": "\(peer.process)",
        "version": "\(LogLine.escaped(request["version"]?.string ?? "unknown"))",
      ])
    do throws(HandoverChannel.Failure) {
      try await handOver(to: peer.process)
    } catch {
      try? channel.send(.failure("the takeover was given up"), patience: .zero)
      doors.takeBackPromise()
      events.yield(.handover(.cancelled))
      let reason =
        switch error {
        case .ended: "it has ended, or closed the connection"
        case .silent: "it says nothing"
        case .strange: "what it says is not understood"
        }
      logger.error(
        "nobody has taken over, everything goes on as before",
        metadata: ["process": "\(peer.process)", "reason": "\(reason)"])
    }
  }

  private func refusal(of user: UInt32) -> String? {
    guard user == 0 || user == geteuid() else { return "only root and the server's own user may take over" }
    guard request["handshake"]?.integer ?? 0 >= 1 else { return "a takeover needs a 'handshake', from 1" }
    return nil
  }

  private func handOver(to process: Int32) async throws(HandoverChannel.Failure) {
    try channel.send(
      .success([
        ("handshake", .number(HandoverMessage.version)), ("version", .string(Version.text)),
        ("process", .number(Int(getpid()))),
      ]), doors.parts, patience: Self.patience)
    try await expect(.state, patience: Self.loadingPatience)
    let state = await withCheckedContinuation { continuation in
      events.yield(.handover(.prepared { continuation.resume(returning: $0) }))
    }
    let file: OpenFile?
    do throws(SystemError) {
      file = try state.map { (state) throws(SystemError) in
        try System.memoryFile(with: StateFile.encode(state))
      }
    } catch {
      logger.error("states are not handed over: \(error)")
      file = nil
    }
    try channel.send(
      .success([]), file.map { [(.state, $0.number)] } ?? [], patience: Self.patience)
    let leave = try await expectLeave()
    await BackgroundThread.run { doors.close(keeping: HandoverMessage.kept(by: leave)) }
    logger.notice("another process has taken over", metadata: ["process": "\(process)"])
    // From here on there is no way back.
    try? channel.send(.success([]), patience: Self.patience)
    events.yield(.handover(.done))
  }

  /// Waits to be told to leave, which the other has done once that is in the socket: it does not wait for this to be read.
  private func expectLeave() async throws(HandoverChannel.Failure) -> JSON {
    do throws(HandoverChannel.Failure) {
      return try await expect(.leave, patience: Self.patience)
    } catch {
      guard error == .silent else { throw error }
      // It may have done so since: from here on it cannot.
      channel.endReceiving()
      guard let leave = try? await expect(.leave, patience: .zero) else { throw .silent }
      return leave
    }
  }

  @discardableResult
  private func expect(
    _ step: HandoverMessage.Step, patience: Duration
  ) async throws(HandoverChannel.Failure) -> JSON {
    let channel = channel
    let message = try await BackgroundThread.run { () -> Result<JSON, HandoverChannel.Failure> in
      Result { () throws(HandoverChannel.Failure) in try channel.receive(patience: patience).json }
    }.get()
    guard message["do"]?.string == step.rawValue else { throw .strange }
    return message
  }
}

/// What a handover has come to.
enum HandoverEvent: Sendable {
  /// The other process is about to answer queries: no orders are taken any more, and what is known of members is given.
  case prepared(@Sendable (SavedState?) -> Void)
  /// It came to nothing.
  case cancelled
  /// The other process answers queries.
  case done
}
