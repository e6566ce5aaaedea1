import DNSWire
import Steering
import TestSupport
import Testing
import Zones

@Test func anyOctetsAreReadWithoutATrap() throws {
  var random = SplitMix64.random()
  print("seed \(random.seed)")
  let zone = try ZoneText("")
  let owners =
    [
      "_lb.www", "_lb.one", "_lb.cdn", "_lb", "web._check", "_check", "bar._at", "a.b._at", "x._lb.www",
      "_lb.alias",
      "www", "_lb.sub", "_lb.*.wild", "_check._lb._at",
    ].map { name("\($0).example.com") } + [.root, name("example.org"), name("example.com")]
  let types: [RRType] = [
    .txt, .txt, .txt, RRType(rawValue: 29), RRType(rawValue: 42), .a, RRType(rawValue: 65535),
  ]
  for _ in 0..<300 {
    let records = (0..<Int.random(in: 0...40, using: &random)).map { line in
      record(
        owners.randomElement(using: &random) ?? .root, types.randomElement(using: &random) ?? .txt,
        randomData(&random), line: line + 1)
    }
    let (_, diagnostics) = PolicyReader.read(records, of: zone)
    #expect(diagnostics.count <= 201)
    #expect(diagnostics.allSatisfy { !$0.message.contains(where: \.isNewline) && !$0.message.isEmpty })
    #expect(diagnostics.map(\.line) == diagnostics.map(\.line).sorted())
  }
}

@Test func whatIsWrittenOfAPolicyIsRead() throws {
  var random = SplitMix64.random()
  print("seed \(random.seed)")
  let zone = try ZoneText("")
  for _ in 0..<500 {
    let policy = randomPolicy(&random)
    let records = policyText(policy).enumerated().map { index, pairs in
      record(name("_lb.www.example.com"), .txt, text(pairs, &random), line: index + 1)
    }
    let (policies, diagnostics) = PolicyReader.read(records, of: zone)
    #expect(diagnostics.filter { $0.severity == .error } == [])
    #expect(policies.policies == [policy])
  }
}

@Test func mistakesBeyondTheLimitAreCounted() throws {
  let zone = try ZoneText("")
  let records = (1...500).map { line in
    record(name("_lb.www.example.com"), .txt, [5] + Array("a=\(99 + line)".utf8), line: line)
  }
  let diagnostics = PolicyReader.read(records, of: zone).diagnostics
  #expect(diagnostics.count == 201)
  #expect(diagnostics.last?.description == "zone:200:1: warning: 300 more mistakes are not shown")
}

@Test func errorsAreKeptBeforeWarnings() throws {
  let zone = try ZoneText("")
  var records = (1...300).map { line in
    record(name("c\(line)._check.example.com"), .txt, [11] + Array("type=always".utf8), line: line)
  }
  records.append(record(name("_lb.www.example.com"), .txt, [3] + Array("a=b".utf8), line: 301))
  let diagnostics = PolicyReader.read(records, of: zone).diagnostics
  #expect(diagnostics.count { $0.severity == .error } == 1)
  #expect(diagnostics.last?.description == "zone:301:1: warning: 101 more mistakes are not shown")
}

// MARK: Records

private func record(_ owner: DomainName, _ type: RRType, _ rdata: [UInt8], line: Int) -> PolicyRecord {
  PolicyRecord(owner: owner, type: type, rdata: rdata, file: "zone", line: line, column: 1)
}

/// The pairs as the data of a TXT record, several or one in a string.
private func text(_ pairs: [String], _ random: inout SplitMix64) -> [UInt8] {
  var strings: [String] = []
  for pair in pairs {
    if let last = strings.last, Bool.random(using: &random), last.utf8.count + pair.utf8.count < 255 {
      strings[strings.count - 1] += " " + pair
    } else {
      strings.append(pair)
    }
  }
  return strings.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
}

/// Octets of any kind, or what a policy could have in it, shuffled and cut.
private func randomData(_ random: inout SplitMix64) -> [UInt8] {
  if Bool.random(using: &random) {
    return (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
  let words = [
    "member", "weight", "steer", "check", "ttl", "panic", "at", "type", "port", "interval", "expect", "body",
    "header",
    "country", "=", "=", "=", ",", "..", ":", "%", "-", " ", "\t", "up", "nearest:2", "hash", "shed:",
    "192.0.2.10", "1",
    "99999999999999999999", "0.5", "2s", "h", "http", "https", "dns", "tcp", "query", "answer", "DE", "é",
    "\u{202e}", "\0",
  ]
  var data: [UInt8] = []
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    let string = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
      Array((words.randomElement(using: &random) ?? "").utf8)
    }
    data.append(UInt8(string.count))
    data += string
  }
  if Int.random(in: 0...9, using: &random) == 0 {
    data.removeLast(Int.random(in: 1...data.count, using: &random))
  }
  return data
}

// MARK: Policies

/// A policy of www.example.com that can be written.
private func randomPolicy(_ random: inout SplitMix64) -> Policy {
  let marks = [Int.random(in: 0...49, using: &random), Int.random(in: 50...100, using: &random)]
  let byConnections: [Stage] = [
    .leastConnections, .weightedLeastConnections, .shortestDelay, .neverQueue,
  ]
  let steps: [Stage] = [
    .up, .tier, .nearest(count: Int.random(in: 1...1000, using: &random)), .fence, .fastest,
    byConnections.randomElement(using: &random) ?? .neverQueue,
    .shed(low: Double(marks[0]) / 100, high: Double(marks[1]) / 100),
  ]
  var orders: [Stage] = [
    .weighted, .weightedRandom, .hash(.client, isBounded: true), .hash(.name, isBounded: false),
  ]
  let chain = steps.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
  if !chain.contains(where: weighs) { orders += [.roundRobin, .random] }
  let order = orders.randomElement(using: &random) ?? .weighted
  let addresses = ["192.0.2.10", "192.0.2.11", "198.51.100.20", "2001:db8::10"].shuffled(using: &random)
  let members = addresses.map { text in
    member(
      text, weight: UInt32.random(in: 0...1_000_000, using: &random),
      tier: Int.random(in: 1...1000, using: &random),
      at: "lab")
  }
  var policy = Policy(owner: name("www.example.com"), stages: chain + [order], members: members)
  let reads = order == .hash(.client, isBounded: true) || chain.contains { $0 != .fence }
  if reads { policy.check = "script" }
  if !chain.allSatisfy(weighs) {
    policy.fail = Policy.FailMode.allCases.randomElement(using: &random) ?? .open
  }
  if Bool.random(using: &random) { policy.answers = Int.random(in: 1...65_535, using: &random) }
  if Bool.random(using: &random) { policy.minimumTTL = UInt32.random(in: 0...1000, using: &random) }
  if Bool.random(using: &random) {
    policy.maximumTTL = UInt32.random(in: 1000...2_147_483_647, using: &random)
  }
  if chain.contains(.tier) {
    policy.panic =
      Bool.random(using: &random)
      ? .share(Double(Int.random(in: 1...100, using: &random)) / 100)
      : .members(Int.random(in: 1...65_535, using: &random))
  }
  return policy
}

private func weighs(_ stage: Stage) -> Bool {
  switch stage {
  case .up, .tier, .nearest, .fence: false
  default: true
  }
}

/// The pairs of each record that `policy` can be written as.
private func policyText(_ policy: Policy) -> [[String]] {
  var pool = ["steer=" + policy.stages.map(\.description).joined(separator: ",")]
  if let check = policy.check { pool.append("check=\(check)") }
  if let answers = policy.answers { pool.append("answers=\(answers)") }
  if policy.fail != .open { pool.append("fail=\(policy.fail.rawValue)") }
  if policy.minimumTTL != nil || policy.maximumTTL != nil {
    pool.append("ttl=\(policy.minimumTTL.map { "\($0)" } ?? "")..\(policy.maximumTTL.map { "\($0)" } ?? "")")
  }
  switch policy.panic {
  case .members(1): break
  case .members(let count): pool.append("panic=\(count)")
  case .share(let share): pool.append("panic=\(Int((share * 100).rounded()))%")
  }
  let members = policy.members.map { member in
    let text =
      switch member.identity {
      case .address(let address): "\(address)"
      case .target(let target): "\(target)"
      }
    return [
      "member=\(text)", "weight=\(member.weight)", "tier=\(member.tier)", "at=\(member.location ?? "")",
    ]
  }
  return [pool] + members
}
