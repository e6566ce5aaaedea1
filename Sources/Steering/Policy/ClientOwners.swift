/// Which location owns which clients; none can be owned by two.
struct ClientOwners {
  private var networks: [LocationDefinition.Network: String] = [:]
  private var countries: [String: String] = [:]
  private var continents: [String: String] = [:]

  /// Adds what a location owns, and reports what another one does, too.
  mutating func add(_ reader: LocationReader, _ report: PolicyReport) {
    let location = reader.definition
    for (network, record) in zip(location.networks, reader.networkRecords) where !network.isNegated {
      add(network, network.text, to: \.networks, of: location.name, record, report)
    }
    guard let record = reader.areaRecord else { return }
    for code in location.countries {
      add(code, "country=\(code)", to: \.countries, of: location.name, record, report)
    }
    for code in location.continents {
      add(code, "continent=\(code)", to: \.continents, of: location.name, record, report)
    }
  }

  private mutating func add<Key: Hashable>(
    _ key: Key, _ text: String, to owners: WritableKeyPath<Self, [Key: String]>, of name: String,
    _ record: Int,
    _ report: PolicyReport
  ) {
    if let other = self[keyPath: owners][key], other != name {
      report.add(LocationProblem.ownedTwice(text, by: other, name), at: record)
    } else {
      self[keyPath: owners][key] = name
    }
  }
}
