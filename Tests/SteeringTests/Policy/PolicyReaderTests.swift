import DNSWire
import Steering
import Testing

/// The addresses of www.example.com, as members with the defaults.
private let www = ["192.0.2.10", "192.0.2.11", "198.51.100.20", "2001:db8::10"].map { member($0) }

/// Lines of a zone that are one policy, and that policy.
private struct Reading: CustomTestStringConvertible {
  let zone: String
  let policy: Policy

  var testDescription: String { zone }

  init(
    _ zone: String, owner: String = "www.example.com", members: [Member] = www,
    stages: [Stage] = [.up, .tier, .weighted], _ change: (inout Policy) -> Void = { _ in }
  ) {
    self.zone = zone
    var policy = Policy(owner: name(owner), stages: stages, members: members)
    change(&policy)
    self.policy = policy
  }
}

private let readings = [
  Reading(#"_lb.www TXT "answers=2""#) { $0.answers = 2 },
  Reading(#"_LB.WWW TXT "ANSWERS=2""#, owner: "WWW.example.com") { $0.answers = 2 },
  Reading(#"_lb.www TXT "check=script""#) { $0.check = "script" },
  Reading(#"_lb.www TXT "check=SCRIPT""#) { $0.check = "script" },
  Reading(#"_lb.www TXT "  check=script   answers=2 ""#) {
    $0.check = "script"
    $0.answers = 2
  },
  Reading(#"_lb.www TXT "steer=up""#, stages: [.up, .weighted]),
  Reading(#"_lb.www TXT "steer=up,round-robin""#, stages: [.up, .roundRobin]),
  Reading(#"_lb.www TXT "steer=random""#, stages: [.random]),
  Reading(#"_lb.www TXT "steer=weighted-random""#, stages: [.weightedRandom]),
  Reading(#"_lb.www TXT "steer=up,hash""#, stages: [.up, .hash(.client, isBounded: false)]),
  Reading(#"_lb.www TXT "steer=hash:name""#, stages: [.hash(.name, isBounded: false)]),
  Reading(#"_lb.www TXT "check=script steer=hash:name:bounded""#, stages: [.hash(.name, isBounded: true)]) {
    $0.check = "script"
  },
  Reading(
    #"_lb.www TXT "check=script" "steer=fastest,least-conn""#,
    stages: [.fastest, .leastConnections, .weighted]
  ) { $0.check = "script" },
  Reading(#"_lb.www TXT "check=script" "steer=shortest-delay""#, stages: [.shortestDelay, .weighted]) {
    $0.check = "script"
  },
  Reading(#"_lb.www TXT "check=script" "steer=never-queue""#, stages: [.neverQueue, .weighted]) {
    $0.check = "script"
  },
  Reading(
    #"_lb.www TXT "check=script" "steer=weighted-least-conn""#,
    stages: [.weightedLeastConnections, .weighted]
  ) { $0.check = "script" },
  Reading(#"_lb.www TXT "check=script steer=shed""#, stages: [.shed(low: 0.7, high: 0.9), .weighted]) {
    $0.check = "script"
  },
  Reading(
    #"_lb.www TXT "check=script steer=shed:12.5%..1""#, stages: [.shed(low: 0.125, high: 1), .weighted]
  ) {
    $0.check = "script"
  },
  Reading(#"_lb.www TXT "ttl=5..60""#) { ($0.minimumTTL, $0.maximumTTL) = (5, 60) },
  Reading(#"_lb.www TXT "ttl=5..""#) { $0.minimumTTL = 5 },
  Reading(#"_lb.www TXT "ttl=..60""#) { $0.maximumTTL = 60 },
  Reading(#"_lb.www TXT "ttl=0""#) { ($0.minimumTTL, $0.maximumTTL) = (0, 0) },
  Reading(#"_lb.www TXT "fail=closed""#) { $0.fail = .closed },
  Reading(#"_lb.www TXT "fail=last""#) { $0.fail = .last },
  Reading(
    """
    _lb.www TXT "panic=62.5%"
    _lb.www TXT "member=192.0.2.11" "tier=2"
    """, members: [member("192.0.2.11", tier: 2), www[0], www[2], www[3]]
  ) { $0.panic = .share(0.625) },
  Reading(
    """
    _lb.www TXT "member=198.51.100.20 weight=0 tier=1000"
    _lb.www TXT "panic=2"
    _lb.www TXT "member=2001:DB8:0::10" "weight=1000000"
    """,
    members: [member("198.51.100.20", weight: 0, tier: 1000), member("2001:db8::10", weight: 1_000_000)]
      + www[..<2]
  ) { $0.panic = .members(2) },
  Reading(
    #"_lb.one TXT "weight=3 member=192.0.2.1""#, owner: "one.example.com",
    members: [member("192.0.2.1", weight: 3)]),
  Reading(#"_lb.*.wild TXT "answers=1""#, owner: "*.wild.example.com", members: [member("192.0.2.30")]) {
    $0.answers = 1
  },
  Reading(
    """
    _lb.one TXT "steer=nearest,fence"
    _lb.one TXT "member=192.0.2.1" "at=LAB"
    """, owner: "one.example.com", members: [member("192.0.2.1", at: "lab")],
    stages: [.nearest(count: 1), .fence, .weighted]),
  Reading(
    """
    _lb.cdn TXT "check=script" "answers=1"
    _lb.cdn TXT "member=cdn.Example.NET." "weight=9"
    _lb.cdn TXT "member=www.example.com."
    """, owner: "cdn.example.com",
    members: [member("cdn.Example.NET.", weight: 9), member("www.example.com.")]
  ) {
    $0.check = "script"
    $0.answers = 1
  },
]

@Test(arguments: readings)
private func policiesAreRead(_ reading: Reading) throws {
  let policies = try read(reading.zone)
  #expect(policies.policies == [reading.policy])
  #expect(policies.checks.isEmpty && policies.locations.isEmpty)
}

@Test func theExampleOfTheDesignIsRead() throws {
  let policies = try read(
    """
    _lb.www     IN TXT  "check=web" "steer=up,nearest,weighted" "answers=2" "ttl=5..60"
    _lb.www     IN TXT  "member=192.0.2.10"    "weight=3" "at=fra"
    _lb.www     IN TXT  "member=192.0.2.11"    "at=fra"
    _lb.www     IN TXT  "member=198.51.100.20" "weight=2" "at=nyc" "tier=2"
    _lb.www     IN TXT  "member=2001:db8::10"  "at=fra"
    web._check  IN TXT  "type=https port=443 host=www.example.com path=/healthz expect=200-299"
    web._check  IN TXT  "interval=2s timeout=1s rise=2 fall=3"
    fra._at     IN LOC  50 06 37 N 8 40 55 E 112m
    fra._at     IN APL  1:203.0.113.0/24 2:2001:db8:10::/48
    nyc._at     IN LOC  40 42 46 N 74 00 21 W 10m
    """, warnings: ["zone:4:1: warning: tier=2 has no effect, as steer= has no stage tier"])

  var policy = Policy(
    owner: name("www.example.com"), stages: [.up, .nearest(count: 1), .weighted],
    members: [
      member("192.0.2.10", weight: 3, at: "fra"), member("192.0.2.11", at: "fra"),
      member("198.51.100.20", weight: 2, tier: 2, at: "nyc"), member("2001:db8::10", at: "fra"),
    ])
  policy.check = "web"
  policy.answers = 2
  (policy.minimumTTL, policy.maximumTTL) = (5, 60)
  #expect(policies.policies == [policy])

  var probe = HTTPProbe()
  probe.host = "www.example.com"
  probe.path = "/healthz"
  var check = CheckDefinition(name: "web", probe: .https(probe, .system))
  check.port = 443
  #expect(policies.checks == [check])

  var frankfurt = LocationDefinition(name: "fra")
  frankfurt.latitude = 50 + 6 / 60.0 + 37 / 3600.0
  frankfurt.longitude = 8 + 40 / 60.0 + 55 / 3600.0
  frankfurt.networks = [
    .init(address("203.0.113.0"), length: 24), .init(address("2001:db8:10::"), length: 48),
  ]
  var newYork = LocationDefinition(name: "nyc")
  newYork.latitude = 40 + 42 / 60.0 + 46 / 3600.0
  newYork.longitude = -74 - 21 / 3600.0
  let distance = { (one: Double?, other: Double?) in abs((one ?? .infinity) - (other ?? -.infinity)) }
  for (read, expected) in zip(policies.locations, [frankfurt, newYork]) {
    #expect(distance(read.latitude, expected.latitude) < 1e-9)
    #expect(distance(read.longitude, expected.longitude) < 1e-9)
    #expect(read.networks == expected.networks)
  }
  #expect(policies.locations.map(\.name) == ["fra", "nyc"])
}

@Test func severalOwnersAreReadInTheOrderOfTheZone() throws {
  let policies = try read(
    """
    _lb.www TXT "answers=1"
    _lb.one TXT "steer=up"
    _lb.WWW TXT "fail=closed"
    """)
  #expect(policies.policies.map(\.owner) == [name("www.example.com"), name("one.example.com")])
  #expect(policies.policies.first?.fail == .closed)
}

@Test(
  arguments: [
    (nil, nil, 30...60), (5, 60, 5...60), (50, nil, 50...60), (90, nil, 90...90), (nil, 10, 10...10),
    (nil, 40, 30...40), (0, 0, 0...0),
  ] as [(UInt32?, UInt32?, ClosedRange<UInt32>)])
func boundsOfTheTTLThatAreNotWrittenGiveWay(
  _ lowest: UInt32?, _ highest: UInt32?, _ bounds: ClosedRange<UInt32>
) {
  var policy = Policy(owner: .root, stages: Policy.defaultStages, members: [])
  (policy.minimumTTL, policy.maximumTTL) = (lowest, highest)
  #expect(policy.timeToLive(ofRRset: 60) == bounds)
}
