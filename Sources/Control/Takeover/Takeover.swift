internal import Health
internal import Logging
import Synchronization
internal import Transport

/// The process that is taken over from, as the new one sees it.
///
/// When it ends before it was asked to leave, what it has passed is there all the same, and the new process goes on.
final class Takeover: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// For the other process, which may have much to do, to reply.
  private static let patience = Duration.seconds(30)
  /// A state that is larger is none that a server wrote.
  private static let stateLimit = 256 << 20

  /// What has been passed and is not in use yet: what is left of it is closed at the end.
  private struct Held {
    var channel: HandoverChannel?
    var sockets: [InheritedSocket] = []
    var files: [HandoverMessage.Part: OpenFile] = [:]
  }

  /// The path of its control socket.
  let path: String
  let process: Int
  private let held: Mutex<Held>

  /// Has the process that takes requests at a path pass its sockets, which it goes on to read.
  ///
  /// - Returns: nil: none does.
  init?(from path: String) throws(Failure) {
    guard path.utf8.count <= ControlSocket.pathLimit else {
      throw Failure(description: "\(ControlSocket.Failure.tooLong(path: path))")
    }
    let socket: OpenFile
    do throws(SystemError) {
      socket = try System.unixSocket(patience: 10)
      try System.connect(socket, to: path)
    } catch {
      if ControlClient.absences.contains(error.code) { return nil }
      throw Failure(description: "cannot take over: \(error)")
    }
    let channel = HandoverChannel(socket: socket)
    let message: HandoverChannel.Message
    do throws(HandoverChannel.Failure) {
      try channel.send(HandoverMessage.takeover(), patience: Self.patience)
      message = try channel.receive(patience: Self.patience)
    } catch {
      // It was about to leave.
      if error == .ended { return nil }
      throw Failure(description: "cannot take over: the server at \(path) \(error.words)")
    }
    guard message.json["ok"]?.boolean == true else {
      let reason = LogLine.escaped(message.json["error"]?.string ?? "it does not say why")
      throw Failure(
        description:
          "cannot take over: the server at \(path) refuses: \(reason); to replace it, stop it first")
    }
    guard message.json["handshake"]?.integer == HandoverMessage.version else {
      throw Failure(
        description:
          "cannot take over: the server at \(path) does it in another way; to replace it, stop it first")
    }
    self.path = path
    process = message.json["process"]?.integer ?? 0
    var held = Held(channel: channel)
    for (name, file) in zip(message.json["files"]?.elements ?? [], message.files) {
      switch name.string.flatMap({ HandoverMessage.Part(rawValue: $0) }) {
      case .socket:
        do {
          held.sockets.append(try InheritedSocket(System.duplicate(file)))
        } catch {
          throw Failure(description: "cannot take over: a socket of the server at \(path) \(error)")
        }
      case let part?: held.files[part] = file
      case nil: break
      }
    }
    self.held = Mutex(held)
  }

  /// The sockets that queries come to.
  func takeSockets() -> [InheritedSocket] {
    held.withLock { held in
      defer { held.sockets = [] }
      return held.sockets
    }
  }

  /// A descriptor that has been passed.
  func take(_ part: HandoverMessage.Part) -> OpenFile? {
    held.withLock { $0.files.removeValue(forKey: part) }
  }

  /// Asks for what is known of members, which it does not let operators change any more.
  ///
  /// - Returns: nil: nothing is, or the other process has ended.
  func state(_ logger: Logger) throws(Failure) -> SavedState? {
    guard let channel = held.withLock({ $0.channel }) else { return nil }
    let message: HandoverChannel.Message
    do throws(HandoverChannel.Failure) {
      // What it has said without having read this is there to be read, too.
      try? channel.send(HandoverMessage.state, patience: Self.patience)
      message = try channel.receive(patience: Self.patience)
    } catch {
      guard error == .ended else {
        throw Failure(description: "cannot take over: the server at \(path) \(error.words)")
      }
      // Nobody would serve its zones.
      logger.warning(
        "the server that was to be taken over from has ended", metadata: ["process": "\(process)"])
      return nil
    }
    try check(message.json)
    guard let file = message.files.first else { return nil }
    do {
      return try StateFile.decode(System.contents(of: file, limit: Self.stateLimit))
    } catch {
      logger.warning("states of before are not known: \(error)")
      return nil
    }
  }

  /// Has the other process leave, as queries are answered without it.
  ///
  /// - Parameter kept: what it is not to remove.
  /// - Throws: it stays.
  func finish(keeping kept: [HandoverMessage.Part], _ logger: Logger) throws(Failure) {
    let channel = held.withLock { held in
      defer { held = Held() }
      return held.channel
    }
    guard let channel else { return }
    // What it has said without having read this is there to be read, too.
    let isTold =
      (try? channel.send(HandoverMessage.leave(keeping: kept), patience: Self.patience)) != nil
    let reply: JSON
    do throws(HandoverChannel.Failure) {
      reply = try channel.receive(patience: Self.patience).json
    } catch {
      // Once told, it leaves as soon as it can.
      guard isTold || error == .ended else {
        throw Failure(description: "cannot take over: the server at \(path) \(error.words)")
      }
      logger.warning(
        "the server that was taken over from \(error.words)", metadata: ["process": "\(process)"])
      return
    }
    try check(reply)
  }

  /// - Throws: the other process goes on.
  private func check(_ reply: JSON) throws(Failure) {
    guard reply["ok"]?.boolean == true else {
      let reason = LogLine.escaped(reply["error"]?.string ?? "it does not say why")
      throw Failure(description: "cannot take over: the server at \(path) goes on: \(reason)")
    }
  }
}

extension HandoverChannel.Failure {
  /// What the other process has done.
  var words: String {
    switch self {
    case .ended: "has ended, or closed the connection"
    case .silent: "does not answer"
    case .strange: "replies in other words"
    }
  }
}
