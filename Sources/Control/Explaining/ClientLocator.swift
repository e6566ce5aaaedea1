internal import DNSWire
internal import Locations
internal import Steering
internal import Zones

/// `swiftlet locate`: says where a client is, as the zones of a folder see it.
public struct ClientLocator: Sendable {
  /// A folder of zone files, or one zone file.
  public let path: String
  /// An address or a network.
  public let client: String
  /// The server's, which says where clients are.
  public let configuration: Configuration
  /// Whether to tell of which network the same is known.
  public let showsScope: Bool
  /// One line of JSON instead of text.
  public let json: Bool

  public init(path: String, client: String, configuration: Configuration, showsScope: Bool, json: Bool) {
    self.path = path
    self.client = client
    self.configuration = configuration
    self.showsScope = showsScope
    self.json = json
  }

  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why there is none.
  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ExitStatus.of(output: output, complaint: complaint, report)
  }

  func report() throws(PoolFailure) -> [String] {
    let network = try ClientNetwork(parsing: client)
    let shared = try configuration.definitions()
    let sightings = try zones(shared).compactMap { zone in
      zone.classes.map { (apex: zone.compiled.apex, sighting: $0.sighting(of: network.address)) }
    }
    guard json else { return lines(network, shared.knowledge.database, sightings) }
    return [
      JSON.object([
        ("client", .string("\(network)")), ("database", JSON(shared.knowledge.database?.type)),
        (
          "zones",
          .array(
            sightings.map { apex, sighting in
              .object([
                ("zone", .string("\(apex)")), ("seen", sighting.json),
                ("network", .string("\(sighting.leaf(of: network))")),
              ])
            })
        ),
      ]).text
    ]
  }

  private func lines(
    _ network: ClientNetwork, _ database: LocationDatabase?,
    _ sightings: [(apex: DomainName, sighting: ClientSighting)]
  ) -> [String] {
    var lines: [String] = []
    if let database { lines.append("database \(database.type) of \(database.date)") }
    if sightings.isEmpty { lines.append("no zone of \(path) asks where clients are") }
    for (apex, sighting) in sightings {
      lines.append("\(apex) \(network): \(sighting.whereabouts)")
      if let order = sighting.order { lines.append("  locations: \(order)") }
      if showsScope { lines.append("  alike for \(sighting.leaf(of: network))") }
    }
    return lines
  }

  private func zones(_ shared: SharedDefinitions) throws(PoolFailure) -> [SteeredZone] {
    let contents: ZoneFolder
    do {
      contents = try ZoneFolder.contents(of: path)
    } catch {
      throw PoolFailure(error.description)
    }
    var zones: [SteeredZone] = []
    for file in contents.files {
      let result = SteeredZoneLoader.load(file: file.path, apex: file.apex, shared: shared)
      guard let zone = result.zone else { throw .refused(file.apex, result.diagnostics) }
      zones.append(zone)
    }
    return zones
  }
}
