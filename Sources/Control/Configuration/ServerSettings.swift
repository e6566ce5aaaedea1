internal import Answering
internal import DNSWire
internal import Logging
internal import Steering
internal import Transport

/// What `serve` goes by, with the defaults filled in.
struct ServerSettings: Equatable, Sendable {
  let zones: String
  let listen: [Endpoint]
  /// Whether `listen` is nobody's choice.
  let listensByDefault: Bool
  let threads: Int
  let user: String?
  let strict: Bool
  /// Whether a running server is to be taken over from.
  let takesOver: Bool
  let logLevel: Logger.Level
  let pidFile: String?
  /// Nil: where it can be had.
  let control: ControlPlace?
  /// A second socket for beats alone; nil: none.
  let beats: BeatDoor?
  /// Where the server can be watched over HTTP; nil: nowhere.
  let http: WebDoor?
  /// Where states are kept over restarts; nil: nowhere.
  let stateFile: String?
  /// How old states may be that are taken up again.
  let stateMaxAge: Duration
  /// What share of members must be silent for the prober to doubt itself, above 0 and up to 1; nil: it never does.
  let isolation: Double?
  /// Whether members are checked; else all count as not checked yet.
  let probes: Bool
  /// How many probes may run at a time.
  let probeBudget: Int
  /// For all zones.
  let shared: SharedDefinitions
  /// Where it is read where clients are; nil: nowhere.
  let locations: LocationSource?
  /// Who is told of members that go down or come back.
  let onChange: EventTargets?
  /// What becomes of answered queries; nil: nothing.
  let queryLog: QueryLogTargets?
  let answers: AnswerSettings

  static let defaultLogLevel = Logger.Level.info
  /// The machine itself.
  private static let loopback = [
    IPNetwork(IPAddress(v4: 0x7f00_0000), length: 8), IPNetwork(IPAddress(v6High: 0, low: 1)),
  ]

  init(_ configuration: Configuration, zones: String) {
    self.zones = zones
    listensByDefault = configuration.listen == nil
    listen =
      configuration.listen ?? [
        Endpoint(address: IPAddress(v4: 0), port: 53),
        Endpoint(address: IPAddress(v6High: 0, low: 0), port: 53),
      ]
    threads = configuration.threads ?? System.cores
    user = configuration.user
    strict = configuration.strict ?? false
    takesOver = configuration.takesOver ?? false
    logLevel = configuration.logLevel ?? Self.defaultLogLevel
    pidFile = configuration.pidFile
    control = configuration.control
    beats = configuration.beats
    http = configuration.http
    stateFile = configuration.stateFile
    stateMaxAge = configuration.stateMaxAge ?? .seconds(3_600)
    isolation =
      switch configuration.isolation {
      case .off: nil
      case .share(let share): share
      case nil: 0.7
      }
    probes = configuration.probes ?? true
    probeBudget = configuration.probeBudget ?? 1_000
    shared = configuration.shared
    locations = configuration.locations
    onChange = configuration.onChange
    queryLog = configuration.queryLog
    var answers = AnswerSettings()
    if let udpSize = configuration.udpSize { answers.udpSize = udpSize }
    answers.nsid = Array((configuration.nsid ?? "").utf8)
    answers.version = Self.octets(configuration.version ?? .text("swiftlet \(Version.text)"))
    answers.identity = Self.octets(configuration.identity ?? .off)
    if let heedsSubnet = configuration.heedsSubnet { answers.heedsSubnet = heedsSubnet }
    answers.explainFrom = configuration.explainFrom ?? Self.loopback
    self.answers = answers
  }

  private static func octets(_ disclosure: Configuration.Disclosure) -> [UInt8]? {
    switch disclosure {
    case .off: nil
    case .text(let text): Array(text.utf8)
    }
  }
}
