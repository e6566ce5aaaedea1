import DNSWire
import Zones

/// Reads the `_at` records of one name.
struct LocationReader {
  /// What the records say, and which of them says it.
  private(set) var definition: LocationDefinition
  private(set) var networkRecords: [Int] = []
  private(set) var areaRecord: Int?

  private let report: PolicyReport
  private var coordinatesAreSaid = false
  private var pairs = KeyedPairs<LocationKey>()

  /// Reads the records whose indices are `records`, and whose data `all` holds.
  init(_ name: String, _ records: [Int], _ all: [PolicyRecord], _ report: PolicyReport) {
    definition = LocationDefinition(name: name)
    self.report = report
    for record in records {
      read(all[record], at: record)
    }
    definition.countries = areas(.country) { pair throws(AreaProblem) in try pair.countries() }
    definition.continents = areas(.continent) { pair throws(AreaProblem) in try pair.continents() }
    areaRecord = pairs[.country]?.record ?? pairs[.continent]?.record
    checkNetworks()
  }

  private mutating func read(_ record: PolicyRecord, at index: Int) {
    do throws(LocationProblem) {
      switch record.type {
      case .location:
        let (latitude, longitude) = try LocationDefinition.coordinates(record.rdata)
        guard !coordinatesAreSaid else { throw .coordinatesTwice }
        coordinatesAreSaid = true
        definition.latitude = latitude
        definition.longitude = longitude
      case .addressPrefixes:
        let networks = try LocationDefinition.networks(record.rdata)
        definition.networks += networks
        networkRecords += repeatElement(index, count: networks.count)
      default:
        let (texts, problems) = TextPair.read(record.rdata, prose: [])
        for problem in problems { report.add(problem, at: index) }
        pairs.take(texts, at: index, report)
      }
    } catch {
      report.add(error, at: index)
    }
  }

  private func areas(_ key: LocationKey, _ read: (TextPair) throws(AreaProblem) -> [String]) -> [String] {
    guard let entry = pairs[key] else { return [] }
    do throws(AreaProblem) {
      return try read(entry.pair)
    } catch {
      report.add(error, at: entry.record)
      return []
    }
  }

  // Networks that are said twice, or taken out of nothing.
  private func checkNetworks() {
    var seen: Set<LocationDefinition.Network> = []
    for (network, record) in zip(definition.networks, networkRecords) {
      if !seen.insert(network).inserted {
        report.add(LocationProblem.networkTwice(network.text), at: record)
      } else if seen.contains(network.negated) {
        report.add(
          LocationProblem.networkContradicted(network.isNegated ? network.negated.text : network.text),
          at: record)
      }
    }
    for (network, record) in zip(definition.networks, networkRecords) where network.isNegated {
      // From its own length on: one that is contradicted has been reported.
      let isInside = (0...network.length).contains { seen.contains(network.negated.shortened(to: $0)) }
      if !isInside { report.add(LocationProblem.negatedOutside(network.text), at: record) }
    }
  }
}
