/// What two processes say to each other while one takes over from the other: each a line of JSON, of which fields that
/// are not known are passed over, so that versions may differ.
///
/// The new process asks and the old one replies: `takeover` for sockets, `state` for what is known of members, then
/// `leave` when it answers queries itself. With that in the socket, the new process is the one that stays: before, it gives
/// up when there is no reply.
enum HandoverMessage {
  /// The protocol's. A process replies in the version that it is asked in, or the highest it knows.
  static let version = 1

  /// What a descriptor is that is passed. Those that are not known are closed.
  enum Part: String, CaseIterable, Sendable {
    /// Of UDP or TCP, which the kernel tells, as well as where it is bound.
    case socket
    /// The control socket, and the lock that says who has it.
    case control
    case controlLock = "control-lock"
    case beats
    case beatsLock = "beats-lock"
    case pidFile = "pid-file"
    /// A state file in memory.
    case state
  }

  /// A request of the new process.
  enum Step: String {
    case takeover, state, leave
  }

  static func takeover() -> JSON {
    .object([
      ("do", .string(Step.takeover.rawValue)), ("handshake", .number(version)),
      ("version", .string(Version.text)),
    ])
  }

  static var state: JSON { .object([("do", .string(Step.state.rawValue))]) }

  /// - Parameter kept: what the old process is not to remove.
  static func leave(keeping kept: [Part]) -> JSON {
    .object([
      ("do", .string(Step.leave.rawValue)), ("keep", .array(kept.map { .string($0.rawValue) })),
    ])
  }

  static func kept(by leave: JSON) -> Set<Part> {
    Set(leave["keep"]?.elements?.compactMap { $0.string.flatMap { Part(rawValue: $0) } } ?? [])
  }
}
