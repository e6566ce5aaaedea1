internal import DNSWire
internal import Logging
internal import Steering
internal import Zones

/// The pools of a folder of zone files, or of one zone file.
struct PoolSet: Sendable {
  /// By what a pool is recognized in another set.
  struct Key: Hashable, Sendable {
    /// In lower case.
    let owner: DomainName
    let type: RRType
  }

  /// What is known of the clients of a zone.
  struct Zone: Sendable {
    let apex: DomainName
    let policies: ZonePolicies
    let classes: ClientClasses?
  }

  struct Entry: Sendable {
    let pool: Pool
    /// What the pool's zone defines, by name.
    let checks: [String: CheckDefinition]
    let locations: [String: LocationDefinition]
    let zone: Zone

    var key: Key { Key(owner: pool.site.owner.lowercased, type: pool.site.type) }
  }

  /// Zone by zone, and in the order of the zone.
  private(set) var keys: [Key] = []
  private var entries: [Key: Entry] = [:]

  subscript(key: Key) -> Entry? { entries[key] }

  /// Reads all zones of `path` as the server would.
  ///
  /// - Parameter shared: what the server's configuration defines for all zones.
  /// - Throws: all errors of zones, if there is any.
  init(reading path: String, shared: SharedDefinitions, logger: Logger) async throws(PoolFailure) {
    let contents: ZoneFolder
    do {
      contents = try ZoneFolder.contents(of: path)
    } catch {
      throw PoolFailure(error.description)
    }
    var errors = contents.strays.map(\.description)
    errors += contents.refusals.flatMap { PoolFailure.refused($0.apex, $0.diagnostics).lines }
    let progress = LoadProgress(of: contents.files.count, logger: logger)
    defer { progress.end() }
    let apexes = Set(contents.files.map(\.apex))
    for await attempt in ZoneReader.read(
      contents.files, threads: System.cores, shared: shared, progress: progress)
    {
      progress.advance()
      if let zone = attempt.result.zone {
        add(zone, of: apexes)
      } else {
        errors += PoolFailure.refused(attempt.file.apex, attempt.result.diagnostics).lines
      }
    }
    guard errors.isEmpty else { throw PoolFailure(lines: errors) }
  }

  /// Adds the pools of a zone that are answered from: a name is answered from the zone of the longest apex.
  private mutating func add(_ zone: SteeredZone, of apexes: Set<DomainName>) {
    let checks = Dictionary(zone.policies.checks.map { ($0.name, $0) }) { first, _ in first }
    let locations = Dictionary(zone.policies.locations.map { ($0.name, $0) }) { first, _ in first }
    let apex = zone.compiled.apex.lowercased
    for pool in zone.pools {
      let entry = Entry(
        pool: pool, checks: checks, locations: locations,
        zone: Zone(apex: apex, policies: zone.policies, classes: zone.classes))
      var enclosing: DomainName? = entry.key.owner
      while let name = enclosing, !apexes.contains(name) { enclosing = name.parent }
      guard enclosing == apex else { continue }
      keys.append(entry.key)
      entries[entry.key] = entry
    }
  }
}
