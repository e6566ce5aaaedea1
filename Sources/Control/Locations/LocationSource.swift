/// Where it is read where clients are; one of them at least.
struct LocationSource: Equatable, Sendable {
  /// A MaxMind DB file.
  var database: String?
  /// A file of times between clients' networks and locations.
  var times: String?
}

extension LocationSource {
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    let members = try value.members(among: ["database", "rtt"])
    guard !members.isEmpty else { throw value.mistake("'database', 'rtt' or both are needed, with files") }
    database = try members["database"]?.text()
    times = try members["rtt"]?.text()
  }
}
