/// Where it is read where clients are.
struct LocationSource: Equatable, Sendable {
  /// A MaxMind DB file.
  let database: String
}

extension LocationSource {
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    let members = try value.members(among: ["database"])
    guard let database = members["database"] else { throw value.mistake("'database' is needed, with a file") }
    self.init(database: try database.text())
  }
}
