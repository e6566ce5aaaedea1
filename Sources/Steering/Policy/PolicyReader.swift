import DNSWire
public import Zones

/// Reads the policy records of a zone: `_lb`, `_check` and `_at` (RFC 8552).
public struct PolicyReader {
  /// By what duplicates are known.
  private struct Contents: Hashable {
    let owner: DomainName
    let type: RRType
    let rdata: [UInt8]
  }

  private let records: [PolicyRecord]
  private let report: PolicyReport
  private var pools = RecordGroups<DomainName>()
  private var checks = RecordGroups<String>()
  private var locations = RecordGroups<String>()

  /// Reads `records`, which may hold anything, in the order of the zone.
  ///
  /// - Returns: What they say; with an error among the diagnostics it is not fit to be used. The diagnostics
  ///   are in the order of the records, at most 200 and one that counts the rest.
  public static func read(
    _ records: [PolicyRecord], of zone: some PolicyZone
  ) -> (policies: ZonePolicies, diagnostics: [Diagnostic]) {
    var reader = PolicyReader(records, of: zone)
    let policies = reader.read(zone)
    return (policies, reader.report.diagnostics)
  }

  private init(_ records: [PolicyRecord], of zone: some PolicyZone) {
    self.records = records
    report = PolicyReport(records)
    sort(zone.apex)
  }

  // MARK: Which record is about what

  private mutating func sort(_ apex: DomainName) {
    var seen: Set<Contents> = []
    for (index, record) in records.enumerated() {
      let contents = Contents(owner: record.owner.lowercased, type: record.type, rdata: record.rdata)
      guard seen.insert(contents).inserted else {
        report.add(DuplicateWarning(owner: record.owner, type: record.type), at: index)
        continue
      }
      do throws(PlaceProblem) {
        let place = try PolicyPlace(record.owner, in: apex)
        try place.check(record.type, of: record.owner)
        switch place {
        case .pool(let owner): pools.add(index, of: owner, by: owner.lowercased)
        case .check(let name): checks.add(index, of: name, by: name)
        case .location(let name): locations.add(index, of: name, by: name)
        }
      } catch {
        report.add(error, at: index)
      }
    }
  }

  // MARK: What they say

  private mutating func read(_ zone: some PolicyZone) -> ZonePolicies {
    var policies = ZonePolicies()
    var names = PolicyNames()
    for (name, check) in zone.externalChecks { names.checks.updateValue(check.kind, forKey: name) }
    for name in zone.externalLocations { names.locations.updateValue(nil, forKey: name) }
    readDefinitions(&policies, &names, zone)
    var usedChecks: Set<String> = []
    var usedLocations: Set<String> = []
    let owners = Set(pools.all.map(\.name.lowercased))
    for (owner, indices) in pools.all {
      var reader = PoolReader(
        owner: owner, records: indices, site: zone.owner(owner), names: names, report: report)
      if let policy = reader.read(records) {
        policies.policies.append(policy)
        policies.chains.append(reader.pool[.steer]?.record ?? indices[0])
      }
      usedChecks.formUnion(reader.namedChecks)
      usedLocations.formUnion(reader.namedLocations)
      for line in reader.lines { checkTarget(of: line, owners, zone) }
    }
    for (name, records) in checks.all where !usedChecks.contains(name) {
      report.add(DefinitionWarning.unusedCheck(name), at: records[0])
    }
    for (name, records) in locations.all where !usedLocations.contains(name) {
      report.add(DefinitionWarning.unusedLocation(name), at: records[0])
    }
    return policies
  }

  private func readDefinitions(
    _ policies: inout ZonePolicies, _ names: inout PolicyNames, _ zone: some PolicyZone
  ) {
    for (name, indices) in checks.all {
      let definition = CheckReader.read(name, indices, records, report)
      if let definition { policies.checks.append(definition) }
      names.checks.updateValue(definition?.kind, forKey: name)
      if zone.externalChecks[name] != nil {
        report.add(DefinitionWarning.checkOverridden(name), at: indices[0])
      }
    }
    var owners = ClientOwners()
    for (name, indices) in locations.all {
      let reader = LocationReader(name, indices, records, report)
      owners.add(reader, report)
      policies.locations.append(reader.definition)
      names.locations.updateValue(reader.definition, forKey: name)
      if zone.externalLocations.contains(name) {
        report.add(DefinitionWarning.locationOverridden(name), at: indices[0])
      }
    }
  }

  private func checkTarget(of line: MemberLine, _ owners: Set<DomainName>, _ zone: some PolicyZone) {
    guard case .target(let target) = line.member.identity, target.isSubdomain(of: zone.apex),
      !owners.contains(target.lowercased), !zone.owner(target).exists
    else { return }
    report.add(PoolWarning.targetDoesNotExist("\(target)"), at: line.record)
  }
}
