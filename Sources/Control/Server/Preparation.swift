internal import DNSWire
import Glibc
internal import Logging
internal import Transport
internal import Web

/// What is done before there are zones, in the order that privileges call for: sockets and the pid file
/// while they are there, then without them.
struct Preparation: Sendable {
  let listeners: Listeners
  let pidFile: PIDFile?
  /// Nil: none is wanted, or can be had.
  let control: ControlSocket?
  /// Where beats are taken from everybody, and the token that they need; nil: nowhere.
  let beats: (socket: ControlSocket, token: String)?

  /// Where the server can be watched; nil: nowhere.
  let web: WebServer?

  /// Open files that are neither connections of clients nor sockets that listen: zone files, the log.
  private static let reservedFiles = 256

  init(_ settings: ServerSettings, _ logger: Logger) throws(StartFailure) {
    let account = try Self.account(settings)
    Self.raiseLimit(settings, logger)
    listeners = try Self.listen(settings, logger)
    do {
      pidFile = try settings.pidFile.map { path throws(PIDFile.Failure) in try PIDFile(path) }
    } catch {
      throw StartFailure(error.description)
    }
    do {
      control = try Self.openControl(settings, logger)
    } catch {
      pidFile?.remove()
      throw error
    }
    do {
      beats = try settings.beats.map { (door) throws(StartFailure) in try Self.open(door) }
    } catch {
      control?.remove()
      pidFile?.remove()
      throw error
    }
    do {
      web = try Self.openWeb(settings, logger)
    } catch {
      beats?.socket.remove()
      control?.remove()
      pidFile?.remove()
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

  private static func openWeb(_ settings: ServerSettings, _ logger: Logger) throws(StartFailure) -> WebServer?
  {
    guard let door = settings.http else { return nil }
    do throws(WebServer.ListenError) {
      let web = try WebServer(door.places, hosts: door.hosts) { System.lowerPriority() }
      logger.info(
        "watched over HTTP", metadata: ["http": "\(web.places.map { "http://\($0)" }.joined(separator: ","))"]
      )
      return web
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

  private static func open(_ door: BeatDoor) throws(StartFailure) -> (socket: ControlSocket, token: String) {
    let token: String
    do throws(BeatToken.Failure) {
      token = try BeatToken.read(door.tokenFile)
    } catch {
      throw StartFailure(error.description)
    }
    do throws(ControlSocket.Failure) {
      return (try ControlSocket(door.socket, mode: ControlSocket.openMode), token)
    } catch {
      throw StartFailure(error.description)
    }
  }

  private static func openControl(
    _ settings: ServerSettings, _ logger: Logger
  ) throws(StartFailure) -> ControlSocket? {
    switch settings.control {
    case .off: return nil
    case .path(let path):
      do throws(ControlSocket.Failure) {
        return try ControlSocket(path)
      } catch {
        throw StartFailure(error.description)
      }
    case nil:
      do throws(ControlSocket.Failure) {
        return try ControlPlace.open(firstOf: ControlPlace.defaults)
      } catch {
        // Nobody asked for it by name, and queries are answered without it.
        logger.warning(
          "no control socket, so 'swiftlet status' and the like will not work; --control PATH names a place for it, off does without",
          metadata: ["reason": "\(error)"])
        return nil
      }
    }
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

  private static func listen(
    _ settings: ServerSettings, _ logger: Logger
  ) throws(StartFailure) -> Listeners {
    do {
      return try Listeners(settings.listen, threads: settings.threads)
    } catch {
      // Nobody asked for IPv6 by name: a machine without it is served all the same.
      if settings.listensByDefault, case .failed(let endpoint, _, let reason) = error,
        endpoint.address.family == .v6, [EAFNOSUPPORT, EADDRNOTAVAIL].contains(reason.rawValue)
      {
        logger.warning("not listening on IPv6: this machine has none")
        if let listeners = try? Listeners(
          settings.listen.filter { $0 != endpoint }, threads: settings.threads)
        {
          return listeners
        }
      }
      throw StartFailure(error.description)
    }
  }
}
