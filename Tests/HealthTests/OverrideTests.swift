import DNSWire
import Steering
import TestSupport
import Testing

@testable import Health

private let www = DomainName(wellFormed: Array("\u{3}www\u{7}example\0".utf8))

private func time(_ seconds: Int64) -> WallTime { WallTime(nanoseconds: seconds * 1_000_000_000) }

/// What operators want of members.
struct OverrideTests {
  private static var failing: MemberInput {
    var input = MemberInput()
    input.state = .down
    input.weightFactor = 0.5
    input.responseTime = 7
    return input
  }

  @Test(
    arguments: [
      (nil, MemberInput.State.down, 0.5, nil), (.drain, .down, 0, nil), (.down, .down, 0.5, nil),
      (.up, .up, 1, nil), (.weight(7), .down, 0.5, 7),
    ] as [(Override.Order?, MemberInput.State, Double, UInt32?)])
  func orders(_ order: Override.Order?, state: MemberInput.State, factor: Double, weight: UInt32?) throws {
    var overrides = Overrides()
    if let order { try overrides.set(Override(order, of: Override.Scope(member(1)), since: time(0))) }
    let input = overrides.input(of: member(1), at: www, measured: Self.failing)
    #expect(input.state == state)
    #expect(input.weightFactor == factor)
    #expect(input.weight == weight)
    #expect(input.responseTime == 7)
    #expect(overrides.input(of: member(2), at: www, measured: Self.failing) == Self.failing)
  }

  @Test func aNameGoesBeforeEverywhere() throws {
    var overrides = Overrides()
    let other = DomainName(wellFormed: Array("\u{3}WWW\u{7}EXAMPLE\0".utf8))
    try overrides.set(Override(.down, of: Override.Scope(member(1)), since: time(0)))
    try overrides.set(Override(.weight(3), of: Override.Scope(member(1), of: www), since: time(0)))
    try overrides.set(Override(.up, of: Override.Scope(member(1), of: other), since: time(0)))
    #expect(overrides.input(of: member(1), at: www).state == .up)
    #expect(overrides.input(of: member(1), at: other).weight == 3)
    #expect(overrides.input(of: member(1), at: .root).state == .down)
    #expect(overrides.input(of: member(1), at: .root).weight == nil)
    #expect(overrides.remove(Override.Scope(member(1), of: www)).count == 2)
    #expect(overrides.input(of: member(1), at: www).state == .down)
    #expect(overrides.remove(Override.Scope(member(1))).count == 1)
    #expect(overrides.isEmpty)
  }

  @Test func aLaterOrderReplacesOneOfItsKind() throws {
    var overrides = Overrides()
    let scope = Override.Scope(member(1))
    for order in [.drain, .weight(1), .down, .weight(2)] as [Override.Order] {
      try overrides.set(Override(order, of: scope, since: time(0)))
    }
    #expect(overrides.all.map(\.order) == [.down, .weight(2)])
  }

  @Test func ordersExpire() throws {
    var overrides = Overrides()
    try overrides.set(Override(.drain, of: Override.Scope(member(1)), since: time(0), until: time(100)))
    try overrides.set(Override(.weight(0), of: Override.Scope(member(1)), since: time(0), until: time(50)))
    try overrides.set(Override(.down, of: Override.Scope(member(2)), since: time(0)))
    #expect(overrides.nextExpiry == time(50))
    #expect(overrides.expire(at: time(49)).isEmpty)
    #expect(overrides.expire(at: time(50)).map(\.order) == [.weight(0)])
    #expect(overrides.nextExpiry == time(100))
    #expect(overrides.expire(at: time(500)).map(\.order) == [.drain])
    #expect(overrides.nextExpiry == nil)
    #expect(overrides.all.map(\.order) == [.down])
  }

  @Test func thereIsALimit() throws {
    var overrides = Overrides()
    for number in 0..<Overrides.limit {
      try overrides.set(Override(.down, of: Override.Scope(member(number)), since: time(0)))
    }
    #expect(throws: Overrides.Full.self) {
      try overrides.set(Override(.down, of: Override.Scope(member(Overrides.limit)), since: time(0)))
    }
    try overrides.set(Override(.up, of: Override.Scope(member(7)), since: time(1)))
    #expect(overrides.state(of: member(7), at: www)?.order == .up)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("WWW.Example/192.0.2.1", "www.example./192.0.2.1"),
    ("www.example./2001:DB8::1", "www.example./2001:db8::1"), ("cdn.Example.", "cdn.example."),
    ("www.example/cdn.example.", "www.example./cdn.example."), ("./192.0.2.1", "./192.0.2.1"),
    ("128/26.2.0.192.in-addr.arpa/192.0.2.1", "128/26.2.0.192.in-addr.arpa./192.0.2.1"),
    ("www.example/a\\047b.example.", "www.example./a\\047b.example."),
  ])
  func scopesAreRead(text: String, canonical: String) {
    let scope = Override.Scope(text)
    #expect(scope?.description == canonical)
    #expect(Override.Scope(canonical) == scope)
  }

  @Test(arguments: [
    "", "/", "www.example", "192.0.2.300", "/192.0.2.1", "www..example/192.0.2.1", "www.example/",
  ])
  func otherTextsAreNone(_ text: String) {
    #expect(Override.Scope(text) == nil)
  }
}
