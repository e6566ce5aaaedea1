internal import Web

/// A page that somebody looks at: it is sent what has changed of what it shows, once a second.
struct LiveStream {
  let stream: WebStream
  private let selection: PoolSelection
  /// What the page has of each pool, zone and of the locations, by a key.
  private var sent: [String: String] = [:]
  private var lastEvent = 0

  /// Zones that a page shows.
  private static let zoneLimit = 50
  /// Events that a page is told of at once.
  private static let eventLimit = 50

  init(_ stream: WebStream, _ selection: PoolSelection) {
    self.stream = stream
    self.selection = selection
  }

  /// Sends what has changed, unless the page is behind.
  mutating func update(_ shared: LiveUpdate) {
    guard stream.isReady else { return }
    let observation = shared.observation
    guard let selected = try? observation.view.pools(selection) else { return stream.end() }
    let zones = observation.zones(fitting: selection.part.filter)
    let pools = selected.pools.map { (key: "\($0.name) \($0.type)", json: $0.json.text) }
    let shownZones = zones.prefix(Self.zoneLimit).map {
      (key: $0.name, json: observation.json(of: $0, shared.zoneTotals).text)
    }
    var kept: [String: String] = [:]
    let changedPools = changed(pools, &kept)
    let changedZones = changed(shownZones, &kept)
    let locations = changed([(key: " locations", json: shared.locations)], &kept)
    sent = kept
    let events = shared.recent.events(after: lastEvent, limit: Self.eventLimit)
    lastEvent = events.first?.number ?? lastEvent
    let message =
      "{\"clock\":\(shared.clock),\"server\":\(shared.server),\"total\":\(selected.total)"
      + ",\"order\":\(Self.array(pools.map { JSON.string($0.key).text }))"
      + ",\"pools\":\(Self.array(changedPools)),\"zone-total\":\(zones.count)"
      + ",\"zone-order\":\(Self.array(shownZones.map { JSON.string($0.key).text }))"
      + ",\"zones\":\(Self.array(changedZones))"
      + ",\"events\":\(Self.array(events.map(\.json.text)))"
      + (locations.first.map { ",\"locations\":\($0)" } ?? "") + "}"
    stream.send("update", message)
  }

  /// Those that the page does not have as they are.
  private func changed(_ items: [(key: String, json: String)], _ kept: inout [String: String]) -> [String] {
    for item in items { kept[item.key] = item.json }
    return items.filter { sent[$0.key] != $0.json }.map(\.json)
  }

  private static func array(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }
}
