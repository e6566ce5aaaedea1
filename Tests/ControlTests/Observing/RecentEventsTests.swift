import Testing

@testable import Control

@Suite struct RecentEventsTests {
  @Test func theOldestGiveWay() {
    let recent = RecentEvents()
    for number in 1...5 * RecentEvents.limit { recent.add("flip", "\(number)", details: .null) }
    let events = recent.events(limit: .max)
    #expect(events.map(\.number) == Array((4 * RecentEvents.limit + 1...5 * RecentEvents.limit).reversed()))
    #expect(events.allSatisfy { $0.text == "\($0.number)" })
    #expect(recent.counts == ["flip": 5 * RecentEvents.limit])
    #expect(recent.events(after: 5 * RecentEvents.limit - 2, limit: 10).map(\.text) == ["5000", "4999"])
    #expect(recent.events(after: 5 * RecentEvents.limit, limit: 10).isEmpty)
    #expect(recent.events(limit: 1).map(\.text) == ["5000"])
  }
}
