internal import DNSWire
import Glibc
internal import Logging
internal import Transport
internal import Web

/// What is done before there are zones, in the order that privileges call for: sockets and the pid file
/// while they are there, then without them.
struct Preparation: Sendable {
  let listeners: Listeners
  private(set) var pidFile: PIDFile?
  /// Nil: none is wanted, or can be had.
  private(set) var control: ControlSocket?
  /// Where beats are taken from everybody, and the token that they need; nil: nowhere.
  private(set) var beats: (socket: ControlSocket, token: String)?
  /// From whom all of that is taken over; nil: from nobody.
  let takeover: Takeover?
  /// What of it is passed by the other process, which still has it.
  private(set) var passed: [HandoverMessage.Part] = []
  /// Where the server is to be watched, and can be; nil: nowhere.
  private let webDoor: WebDoor?
  private(set) var web: WebServer?

  /// Open files that are neither connections of clients nor sockets that listen: zone files, the log.
  private static let reservedFiles = 256
  /// For a process that leaves to close what it has.
  private static let patience = Duration.seconds(2)

  init(_ settings: ServerSettings, _ logger: Logger) throws(StartFailure) {
    let account = try Self.account(settings)
    webDoor = settings.http
    Self.raiseLimit(settings, logger)
    takeover = try Self.beginTakeover(settings, logger)
    // One that was there a moment ago may not have closed all it had.
    let patience = settings.takesOver && takeover == nil ? Self.patience : .zero
    listeners = try Self.listen(settings, takeover, logger, patience)
    do {
      try Self.retry(for: patience) { () throws(StartFailure) in try openPIDFile(settings) }
      try Self.retry(for: patience) { () throws(StartFailure) in try openControl(settings, logger) }
      try Self.retry(for: patience) { () throws(StartFailure) in try openBeats(settings) }
      // It has its place until it leaves.
      if takeover == nil {
        try Self.retry(for: patience) { () throws(StartFailure) in try openWeb(logger) }
      }
    } catch {
      remove()
      throw error
    }
    do {
      if let account { try System.become(account) }
    } catch {
      remove()
      throw StartFailure(error.description)
    }
    if account == nil, System.isRoot {
      logger.warning("running as root; --user NAME gives root's rights up after the ports are open")
    }
  }

  /// Does what fails as long as another process has a place, until that is free or patience ends.
  private static func retry<Result, Failure: Error>(
    for patience: Duration, where isOfOthers: (Failure) -> Bool = { _ in true },
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let deadline = ContinuousClock.now + patience
    while true {
      do throws(Failure) { return try body() } catch {
        guard isOfOthers(error), ContinuousClock.now < deadline else { throw error }
        usleep(20_000)
      }
    }
  }

  private mutating func openWeb(_ logger: Logger) throws(StartFailure) {
    guard let webDoor else { return }
    do throws(WebServer.ListenError) {
      let web = try WebServer(webDoor.places, hosts: webDoor.hosts) { System.lowerPriority() }
      logger.info(
        "watched over HTTP", metadata: ["http": "\(web.places.map { "http://\($0)" }.joined(separator: ","))"]
      )
      self.web = web
    } catch {
      throw StartFailure(error.description)
    }
  }

  /// Removes what is left in the file system.
  func remove() {
    beats?.socket.remove()
    control?.remove()
    pidFile?.remove()
  }

  /// Has what another process has passed from now on, or makes it anew. What cannot be had is no reason not to answer
  /// queries.
  mutating func take(_ logger: Logger) {
    do throws(PIDFile.Failure) {
      pidFile = try pidFile?.take()
    } catch {
      logger.error("\(error)")
      pidFile = nil
    }
    do throws(ControlSocket.Failure) {
      control = try control?.take(mode: ControlSocket.privateMode)
    } catch {
      logger.error("\(error)")
      control = nil
    }
    do throws(ControlSocket.Failure) {
      if let (socket, token) = beats { beats = (try socket.take(mode: ControlSocket.openMode), token) }
    } catch {
      logger.error("\(error)")
      beats = nil
    }
    do throws(StartFailure) {
      try Self.retry(for: Self.patience) { () throws(StartFailure) in try openWeb(logger) }
    } catch {
      logger.error("\(error)")
    }
    passed = []
  }

  /// What another process needs to take over.
  var parts: [(part: HandoverMessage.Part, number: Int32)] {
    var parts = listeners.numbers.map { (part: HandoverMessage.Part.socket, number: $0) }
    if let control { parts += [(.control, control.listener.number), (.controlLock, control.lock.number)] }
    if let beats {
      parts += [(.beats, beats.socket.listener.number), (.beatsLock, beats.socket.lock.number)]
    }
    if let pidFile { parts.append((.pidFile, pidFile.file.number)) }
    return parts
  }

  /// Leaves parts to another process.
  func release(_ parts: Set<HandoverMessage.Part>) {
    if parts.contains(.control) { control?.release() }
    if parts.contains(.beats) { beats?.socket.release() }
    if parts.contains(.pidFile) { pidFile?.release() }
  }

  private static func beginTakeover(
    _ settings: ServerSettings, _ logger: Logger
  ) throws(StartFailure) -> Takeover? {
    guard settings.takesOver else { return nil }
    let paths: [String]
    switch settings.control {
    case .off:
      throw StartFailure("--takeover needs the control socket of the running server, and 'control' is off")
    case .path(let path): paths = [path]
    case nil: paths = ControlPlace.defaults
    }
    for path in paths {
      do throws(Takeover.Failure) {
        if let takeover = try Takeover(from: path) {
          logger.notice("taking over", metadata: ["process": "\(takeover.process)", "control": "\(path)"])
          return takeover
        }
      } catch {
        throw StartFailure(error.description)
      }
    }
    logger.notice(
      "nobody is there to take over from, so this is an ordinary start",
      metadata: ["control": "\(paths.joined(separator: ","))"])
    return nil
  }

  private mutating func openPIDFile(_ settings: ServerSettings) throws(StartFailure) {
    guard let path = settings.pidFile else { return }
    if let file = takeover?.take(.pidFile), let pidFile = PIDFile(path, passed: file) {
      self.pidFile = pidFile
      passed.append(.pidFile)
      return
    }
    do throws(PIDFile.Failure) {
      pidFile = try PIDFile(path)
    } catch {
      throw StartFailure(error.description)
    }
  }

  private mutating func openControl(_ settings: ServerSettings, _ logger: Logger) throws(StartFailure) {
    if let takeover {
      control = passedSocket(takeover.path, (.control, .controlLock))
      guard control != nil else {
        throw StartFailure(
          "cannot take over: the server at \(takeover.path) does not pass its control socket")
      }
      return
    }
    switch settings.control {
    case .off: return
    case .path(let path):
      do throws(ControlSocket.Failure) {
        control = try ControlSocket(path)
      } catch {
        throw StartFailure(error.description)
      }
    case nil:
      do throws(ControlSocket.Failure) {
        control = try ControlPlace.open(firstOf: ControlPlace.defaults)
      } catch {
        // Nobody asked for it by name, and queries are answered without it.
        logger.warning(
          "no control socket, so 'swiftlet status' and the like will not work; --control PATH names a place for it, off does without",
          metadata: ["reason": "\(error)"])
      }
    }
  }

  private mutating func openBeats(_ settings: ServerSettings) throws(StartFailure) {
    guard let door = settings.beats else { return }
    let token: String
    do throws(BeatToken.Failure) {
      token = try BeatToken.read(door.tokenFile)
    } catch {
      throw StartFailure(error.description)
    }
    if let socket = passedSocket(door.socket, (.beats, .beatsLock)) {
      beats = (socket, token)
      return
    }
    do throws(ControlSocket.Failure) {
      beats = (try ControlSocket(door.socket, mode: ControlSocket.openMode), token)
    } catch {
      throw StartFailure(error.description)
    }
  }

  private mutating func passedSocket(
    _ path: String, _ parts: (socket: HandoverMessage.Part, lock: HandoverMessage.Part)
  ) -> ControlSocket? {
    guard let listener = takeover?.take(parts.socket), let lock = takeover?.take(parts.lock),
      let socket = ControlSocket(path, passed: listener, lock: lock)
    else { return nil }
    passed.append(parts.socket)
    return socket
  }

  private static func account(_ settings: ServerSettings) throws(StartFailure) -> Account? {
    guard let name = settings.user else { return nil }
    do {
      guard let account = try System.account(named: name) else {
        throw StartFailure("there is no user '\(name)' on this system")
      }
      guard account.userID != 0 else {
        throw StartFailure("the user '\(name)' has root's rights; name one that has not")
      }
      return account
    } catch let error as StartFailure {
      throw error
    } catch {
      throw StartFailure("\(error)")
    }
  }

  /// Before root's rights are given up, as only with them the hard limit can be raised, too.
  private static func raiseLimit(_ settings: ServerSettings, _ logger: Logger) {
    let sockets = settings.threads * settings.listen.count * 2
    let wanted = UInt64(
      TCPSettings().maximumConnections + sockets + reservedFiles + ControlLimits().connections
        + settings.probeBudget + (settings.http == nil ? 0 : WebLimits().connections))
    let limit = OpenFileLimit.raise(to: wanted)
    if limit < wanted {
      logger.warning(
        "few open files are allowed, so TCP connections will be refused early; raise ulimit -n",
        metadata: ["limit": "\(limit)", "wanted": "\(wanted)"])
    }
  }

  /// Whether an address cannot be had as another process has it.
  private static func isOfOthers(_ error: ListenError) -> Bool {
    guard case .failed(_, _, let reason) = error else { return false }
    return reason.rawValue == EADDRINUSE
  }

  private static func listen(
    _ settings: ServerSettings, _ takeover: Takeover?, _ logger: Logger, _ patience: Duration
  ) throws(StartFailure) -> Listeners {
    var endpoints = settings.listen
    let inherited: [InheritedSocket]
    if let takeover {
      inherited = takeover.takeSockets()
      // What a manager has passed is closed: the other process has its sockets, and programs are not to inherit them.
      _ = try? ActivatedSockets.read()
    } else {
      let activated = try ActivatedSockets.read()
      endpoints = try ActivatedSockets.endpoints(of: activated, settings)
      inherited = activated.map(\.socket)
    }
    do throws(ListenError) {
      return try retry(for: patience, where: isOfOthers) { () throws(ListenError) in
        try Listeners(endpoints, threads: settings.threads, inherited: inherited)
      }
    } catch {
      // Nobody asked for IPv6 by name: a machine without it is served all the same.
      if settings.listensByDefault, case .failed(let endpoint, _, let reason) = error,
        endpoint.address.family == .v6, [EAFNOSUPPORT, EADDRNOTAVAIL].contains(reason.rawValue)
      {
        logger.warning("not listening on IPv6: this machine has none")
        if let listeners = try? Listeners(
          endpoints.filter { $0 != endpoint }, threads: settings.threads, inherited: inherited)
        {
          return listeners
        }
      }
      throw StartFailure(error.description)
    }
  }
}
