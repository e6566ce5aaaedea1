public import DNSWire
public import Logging
internal import Steering
public import Transport

/// What the command line or the configuration file says; nil: nothing.
public struct Configuration: Equatable, Sendable {
  /// A text that the server tells who asks, or its absence by choice.
  public enum Disclosure: Equatable, Sendable {
    case off
    case text(String)
  }

  /// When the prober doubts itself.
  enum Isolation: Equatable, Sendable {
    case off
    /// When this share of members is silent, above 0 and up to 1.
    case share(Double)
  }

  /// More threads than this have no use, and each one needs its sockets.
  public static let threadRange = 1...256

  /// The folder of the zone files.
  public var zones: String?
  public var listen: [Endpoint]?
  public var threads: Int?
  public var user: String?
  public var strict: Bool?
  /// Whether a running server is to be taken over from.
  public var takesOver: Bool?
  public var logLevel: Logger.Level?
  public var pidFile: String?
  public var version: Disclosure?
  public var identity: Disclosure?
  public var nsid: String?
  public var udpSize: UInt16?
  /// Whether a client's subnet (RFC 7871) is used where it is told.
  public var heedsSubnet: Bool?
  /// Nil: where it can be had, see `ControlPlace.defaults`.
  public var control: ControlPlace?
  /// Who may ask how answers come about; empty: nobody.
  public var explainFrom: [IPNetwork]?
  /// A second socket for beats alone; nil: none.
  var beats: BeatDoor?
  /// Where the server can be watched over HTTP; nil: nowhere.
  public var http: WebDoor?
  /// Where states are kept over restarts.
  public var stateFile: String?
  /// How old states may be that are taken up again.
  public var stateMaxAge: Duration?
  /// What share of members must be silent for the prober to doubt itself.
  var isolation: Isolation?
  /// Whether members are checked; else all count as not checked yet.
  public var probes: Bool?
  /// How many probes may run at a time.
  public var probeBudget: Int?
  /// For all zones.
  var checks: [CheckDefinition]?
  /// Where it is read where clients are.
  var locations: LocationSource?
  /// Who is told of members that go down or come back.
  var onChange: EventTargets?
  /// What becomes of answered queries; nil: nothing.
  var queryLog: QueryLogTargets?

  public init() {}

  /// What all zones may name, but for where clients are.
  var shared: SharedDefinitions { SharedDefinitions(checks: checks ?? []) }

  /// What all zones may name, with where clients are, which is read.
  func definitions() throws(PoolFailure) -> SharedDefinitions {
    guard let locations else { return shared }
    return shared.with(try locations.read())
  }

  /// What `self` says, and `other` where it says nothing.
  public func merged(over other: Configuration) -> Configuration {
    var merged = self
    merged.zones = zones ?? other.zones
    merged.listen = listen ?? other.listen
    merged.threads = threads ?? other.threads
    merged.user = user ?? other.user
    merged.strict = strict ?? other.strict
    merged.takesOver = takesOver ?? other.takesOver
    merged.logLevel = logLevel ?? other.logLevel
    merged.pidFile = pidFile ?? other.pidFile
    merged.version = version ?? other.version
    merged.identity = identity ?? other.identity
    merged.nsid = nsid ?? other.nsid
    merged.udpSize = udpSize ?? other.udpSize
    merged.heedsSubnet = heedsSubnet ?? other.heedsSubnet
    merged.control = control ?? other.control
    merged.explainFrom = explainFrom ?? other.explainFrom
    merged.beats = beats ?? other.beats
    merged.http = http ?? other.http
    merged.stateFile = stateFile ?? other.stateFile
    merged.stateMaxAge = stateMaxAge ?? other.stateMaxAge
    merged.isolation = isolation ?? other.isolation
    merged.probes = probes ?? other.probes
    merged.probeBudget = probeBudget ?? other.probeBudget
    merged.checks = checks ?? other.checks
    merged.locations = locations ?? other.locations
    merged.onChange = onChange ?? other.onChange
    merged.queryLog = queryLog ?? other.queryLog
    return merged
  }
}
