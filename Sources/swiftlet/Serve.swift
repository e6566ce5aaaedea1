import ArgumentParser
import Control
import Logging
import Transport

/// `swiftlet serve`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer queries for the zones of a folder.",
    discussion: """
      Runs in the foreground and logs to standard error. A zone with errors answers SERVFAIL, the others \
      are served.

      SIGNALS:
        HUP        read the zones again that have changed; one with errors
                   stays as it was
        TERM, INT  finish and leave
        USR1       log a status summary

      CONFIGURATION:
      The file of --config is YAML. Options win over the file. Relative paths in it start from its folder. \
      It is read at start only. Its keys, of which zones, listen, threads, user, strict, log-level, \
      pid-file, control and http are as the arguments and options here:
        zones      the folder of the zone files
        listen     an address, or a list
        threads    how many
        user       name
        strict     true or false
        log-level  level
        pid-file   file
        control    path, or off
        http       address and port, or off
        version    answer to CH TXT version.bind; off refuses (default:
                   'swiftlet \(Version.text)')
        identity   answer to CH TXT id.server and hostname.bind (default: off)
        nsid       name server identifier, for who asks for it (default: none)
        udp-size   longest answer over UDP, 512 to 4096 octets (default: 1232)
        ecs        off ignores the client's subnet that resolvers tell
                   (default: on)
        explain-from
                   networks that may ask by CH TXT how a name is answered, or
                   off (default: 127.0.0.0/8 and ::1)
        state-file
                   where what is known of members is kept over restarts
                   (default: nowhere)
        state-max-age
                   how old a state may be after a restart (default: 1h)
        isolation  of members silent at once, from which on the server
                   doubts itself, or off (default: 70%)
        probes     off checks no members (default: on)
        probe-budget
                   checks at a time (default: 1000)
        checks     checks for all zones, also those that run programs
        on-change  who is told of members that go down or come back: a
                   command, or post, an address for JSON over HTTP
        locations  database and rtt: files that say where clients are
        query-log  which queries are logged, and where to: a file, standard
                   output, or a socket for dnstap
        beats      socket and token-file: a socket for heartbeats alone

      ENVIRONMENT:
        LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES
                   sockets that systemd has opened
        NOTIFY_SOCKET
                   where systemd is told that zones are served, are being
                   read again, that the server leaves, and which process
                   has taken over
        WATCHDOG_USEC
                   within which time systemd wants to hear of it
        XDG_RUNTIME_DIR
                   where the control socket is, if not below /run
      """)

  @Argument(
    help: "The folder of the zone files (NAME.zone). Needed here or in the configuration file.",
    completion: .directory)
  var zones: String?

  @Option(
    help: ArgumentHelp(
      "Where to listen, as 192.0.2.1:53 or [2001:db8::1]:53; may be repeated. Without a port: 53; port 0: a free one. (default: 0.0.0.0:53 and [::]:53)",
      valueName: "address:port"),
    transform: Serve.endpoint)
  var listen: [Endpoint] = []

  @Option(help: ArgumentHelp("How many threads answer. (default: one for each core)", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Become this user after the ports are open, when started as root.", valueName: "name"))
  var user: String?

  @OptionGroup var configuration: ConfigurationOptions

  @Flag(help: "Do not start when a zone has errors or warnings.")
  var strict = false

  @Flag(
    help:
      "Take over from the server that runs with the same control socket, without losing a query. If none does, just start."
  )
  var takeover = false

  @Flag(help: "Check no members; all count as not checked yet.")
  var noProbes = false

  @Option(
    help: ArgumentHelp(
      "How much to log: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")). (default: info)",
      valueName: "level"),
    transform: Serve.level)
  var logLevel: Logger.Level?

  @Option(
    help: ArgumentHelp("Write the process number to this file.", valueName: "file"), completion: .file())
  var pidFile: String?

  @Option(
    help: ArgumentHelp(
      "Take requests (swiftlet status, reload and others) at this Unix socket; 'off': nowhere. (default: /run/swiftlet/control, else swiftlet/control in $XDG_RUNTIME_DIR, where one of them can be made)",
      valueName: "path|off"),
    completion: .file())
  var control: String?

  @Option(
    help: ArgumentHelp(
      "Show metrics, the live page and an API over HTTP here, as 127.0.0.1:9153 or [::1]:9153; a port alone is one of the machine itself; may be repeated. (default: nowhere)",
      valueName: "address:port"))
  var http: [String] = []

  func validate() throws {
    if let threads, !Configuration.threadRange.contains(threads) {
      let range = Configuration.threadRange
      throw ValidationError("--threads is \(range.lowerBound) to \(range.upperBound), not \(threads).")
    }
  }

  func run() throws {
    let configuration = try flags().merged(over: try configuration.read())
    guard let zones = configuration.zones else {
      throw ValidationError(
        "Name the zones folder: swiftlet serve ZONES, or 'zones:' in the configuration file.")
    }
    throw ExitCode(Server.run(configuration, zones: zones).rawValue)
  }

  private func flags() throws -> Configuration {
    var flags = Configuration()
    flags.zones = zones
    flags.listen = listen.isEmpty ? nil : listen
    flags.threads = threads
    flags.user = user
    flags.strict = strict ? true : nil
    flags.takesOver = takeover ? true : nil
    flags.probes = noProbes ? false : nil
    flags.logLevel = logLevel
    flags.pidFile = pidFile
    flags.control = control.map { ControlPlace($0) }
    flags.http = try door
    return flags
  }

  private var door: WebDoor? {
    get throws {
      do throws(WebDoor.Mistake) {
        return http.isEmpty ? nil : try WebDoor(http)
      } catch {
        throw ValidationError("--http: \(error.description)")
      }
    }
  }

  private static func endpoint(_ text: String) throws -> Endpoint {
    do {
      return try Endpoint(parsing: text)
    } catch {
      throw ValidationError(error.description)
    }
  }

  private static func level(_ text: String) throws -> Logger.Level {
    guard let level = Logger.Level(rawValue: text) else {
      throw ValidationError("'\(text)' is not a level")
    }
    return level
  }
}
