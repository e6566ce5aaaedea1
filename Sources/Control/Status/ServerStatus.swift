/// How a server is, as operators are told.
struct ServerStatus: Equatable, Sendable {
  var version: String
  /// The number of its process.
  var process: Int
  /// By the server's clock, in seconds since 1970.
  var time: Int
  /// In seconds.
  var uptime: Int
  var zones: Int
  var records: Int
  /// Zones that answer SERVFAIL.
  var brokenZones: [String]
  /// Whether zones are being read at the moment.
  var isLoading: Bool
  /// Since when the prober doubts itself, so that states are held, in seconds since 1970; nil: it does not.
  var isolatedSince: Int?
  /// Those asked for.
  var pools: [PoolStatus]
}

extension ServerStatus {
  var json: JSON {
    .success([
      ("version", .string(version)), ("process", .number(process)), ("time", .number(time)),
      ("uptime", .number(uptime)), ("zones", .number(zones)), ("records", .number(records)),
      ("broken", .array(brokenZones.map { .string($0) })), ("loading", .boolean(isLoading)),
      ("isolated-since", JSON(isolatedSince)), ("pools", .array(pools.map(\.json))),
    ])
  }

  /// Nil: the text is no server's.
  init?(_ json: JSON) {
    guard let version = json["version"]?.string, let process = json["process"]?.integer,
      let time = json["time"]?.integer, let uptime = json["uptime"]?.integer,
      let zones = json["zones"]?.integer, let records = json["records"]?.integer,
      let pools = json["pools"]?.elements
    else { return nil }
    self.init(
      version: version, process: process, time: time, uptime: uptime, zones: zones, records: records,
      brokenZones: (json["broken"]?.elements ?? []).compactMap(\.string),
      isLoading: json["loading"]?.boolean ?? false, isolatedSince: json["isolated-since"]?.integer,
      pools: pools.compactMap(PoolStatus.init))
  }
}
