internal import Answering
internal import DNSWire

/// What all pages are told of one moment, worked out once.
struct LiveUpdate {
  let observation: Observation
  let recent: RecentEvents
  /// Milliseconds of a clock that is never set.
  let clock: Int
  let zoneTotals: [DomainName: UInt64]
  /// JSON.
  let server: String
  let locations: String

  private static let begin = ContinuousClock.now

  init(_ observation: Observation, _ recent: RecentEvents) {
    self.observation = observation
    self.recent = recent
    clock = Int((ContinuousClock.now - Self.begin) / .milliseconds(1))
    zoneTotals = observation.answering?.publisher.zoneTotals() ?? [:]
    server = observation.server.text
    locations = JSON.array(observation.locations).text
  }
}
