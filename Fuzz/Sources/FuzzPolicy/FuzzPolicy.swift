import Answering
import DNSWire
import FuzzSupport
import Steering
import Zones

// Set up once; libFuzzer calls from one thread.
nonisolated(unsafe) private let zoneFile = MemoryFile(number: 200)

/// What policies may be about: addresses of both families, a wildcard, a delegation, names with other records.
private let base = """
  $TTL 60
  @ SOA ns hostmaster 1 7200 900 1209600 300
  @ NS ns
  ns A 192.0.2.1
  www A 192.0.2.10
  www A 192.0.2.11
  www A 192.0.2.12
  www AAAA 2001:db8::10
  www AAAA 2001:db8::11
  one A 192.0.2.20
  *.wild A 192.0.2.30
  *.wild A 192.0.2.31
  text TXT "beside"
  alias CNAME www
  sub NS ns.sub
  ns.sub A 192.0.2.40

  """

/// Reading policies, choosing by them with any inputs, and answering from what that comes to: the input is the text of
/// policy records, which a zone for `example.` is made to end with.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let octets = Array(UnsafeBufferPointer(start: start, count: count))
  // Tells libFuzzer not to keep the input: directives are another target's.
  guard !octets.contains(UInt8(ascii: "$")) else { return -1 }
  (Array(base.utf8) + octets).withUnsafeBytes(zoneFile.write)
  let result = SteeredZoneLoader.load(file: zoneFile.path, apex: apex("example."))
  for diagnostic in result.diagnostics {
    guard diagnostic.line > 0, diagnostic.column > 0, !diagnostic.description.isEmpty else {
      finding("a diagnostic without a place: \(diagnostic)")
    }
  }
  let hasError = result.diagnostics.contains { $0.severity == .error }
  guard (result.zone == nil) == hasError else { finding("a zone despite an error, or neither") }
  guard let zone = result.zone else { return 0 }
  var random = InputSource(seed: octets)
  for _ in 0..<4 { answer(from: zone, &random) }
  return 0
}

private func answer(from zone: SteeredZone, _ random: inout InputSource) {
  let schedules = zone.pools.map { pool in
    let inputs = pool.members.map { _ in random.input() }
    let last = Set(pool.members.map(\.identity).filter { _ in random.next() % 2 == 0 })
    check(pool.chooser.choose(inputs, client: random.client(), last: last), of: pool)
    let horizon: Duration? = random.next() % 2 == 0 ? nil : .milliseconds(random.next() % 100_000)
    return pool.encode(pool.choose(inputs, last: last), apex: zone.compiled.apex, horizon: horizon)
  }
  let servable = ServableZone(
    zone.compiled, schedules: schedules, classes: zone.classes?.tree, workers: 1)
  var server = FuzzServer(zones: [.loaded(servable)], settings: AnswerSettings())
  for pool in zone.pools.prefix(8) {
    for type in [RRType.a, .aaaa, .any, .txt] {
      // A target may be a name of the zone that does not exist.
      let response = server.check(query(for: pool.site.owner, type), isSteered: true)
      guard let response, response.rcode == 0 || pool.site.type == .cname && response.rcode == 3 else {
        finding("\(pool.site.owner) is not answered for")
      }
    }
    guard let hidden = pool.site.owner.prepending("_lb".utf8) else { continue }
    server.check(query(for: hidden, .txt))
  }
}

private func check(_ choice: Choice, of pool: Pool) {
  let schedule = choice.schedule
  guard schedule.turns.count <= Schedule.maximumTurns, schedule.answers.count <= Schedule.maximumTurns,
    choice.candidates.count == pool.members.count
  else { finding("a schedule out of bounds") }
  guard schedule.turns.allSatisfy({ Int($0) < schedule.answers.count }) else { finding("a turn without answer") }
  for answer in schedule.answers {
    guard !answer.isEmpty, Set(answer).count == answer.count,
      answer.allSatisfy({ pool.members.indices.contains($0) })
    else { finding("an answer of nobody, of somebody twice, or of a stranger") }
  }
  guard !schedule.turns.isEmpty || pool.policy.fail == .closed else { finding("nobody is answered") }
  let answered = Set(Set(schedule.turns).flatMap { schedule.answers[Int($0)] })
  for (index, candidate) in choice.candidates.enumerated() {
    guard candidate.weight >= 0, candidate.weight.isFinite else { finding("a weight of \(candidate.weight)") }
    guard (candidate.fate == .kept) == answered.contains(index) else { finding("a fate unlike the answers") }
  }
}

private func query(for name: DomainName, _ type: RRType) -> [UInt8] {
  [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] + name.octets
    + [UInt8(type.rawValue >> 8), UInt8(type.rawValue & 0xff), 0, 1]
}
