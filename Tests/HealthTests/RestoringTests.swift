import DNSWire
import Steering
import Testing

@testable import Health

/// A table after a restart.
struct RestoringTests {
  /// The new process began when the old one's clock was at 1000 s and the clock on the wall at 5000 s.
  private static func restored(
    _ patient: Patient, _ check: CheckDefinition, after seconds: Double = 10,
    maximumAge: Duration = .seconds(300),
    _ wallSeconds: Int64? = nil
  ) throws -> Patient {
    let wall = { (seconds: Double) in WallTime(nanoseconds: Int64((seconds + 4000) * 1e9)) }
    let saved = patient.table.saved(with: Overrides(), by: Clocks(.seconds(1000), wall(1000)))
    let state = try StateFile.decode(StateFile.encode(saved))
    var new = Patient(check, at: .seconds(7))
    let clocks = Clocks(.seconds(7), wall(1000 + seconds))
    _ = new.table.restore(state.targets, by: clocks, maximumAge: maximumAge)
    return new
  }

  @Test func statesGoOn() throws {
    var patient = Patient(check())
    _ = patient.run("+--", from: 990)
    var new = try Self.restored(patient, check())
    #expect(new.health.state == .up)
    #expect(new.health.missingResults == 1)
    #expect(new.health.since == .seconds(7 - 20))
    #expect(new.health.reason == Reason(.code, "code"))
    #expect(new.input.responseTime == 10)
    #expect(new.table.takeChanges().targets.map(\.aspects) == [[.state, .measurement]])
    #expect(new.run("-", from: 8) == "d")
  }

  @Test func downStaysDown() throws {
    var patient = Patient(check())
    _ = patient.run("-", from: 990)
    var new = try Self.restored(patient, check())
    #expect(new.health.state == .down)
    #expect(new.table.takeChanges().events.isEmpty)
    #expect(new.run("++", from: 8) == "du")
  }

  @Test func whatTheMemberWantsGoesOn() throws {
    var patient = Patient(check(.agent(send: [])))
    patient.apply(.report(.maint, weight: 50), at: 990)
    var new = try Self.restored(patient, check(.agent(send: [])))
    #expect(new.health.state == .down)
    new.apply(.report(.ready), at: 8)
    #expect(new.input.state == .up)
    #expect(new.input.weightFactor == 0.5)
  }

  @Test func slowStartGoesOn() throws {
    var slow = check(rise: 1, fall: 1)
    slow.slowStart = .seconds(90)
    var patient = Patient(slow)
    _ = patient.run("+-+", from: 978)
    let new = try Self.restored(patient, slow)
    #expect(new.input.weightFactor == 0.4)
    #expect(new.table.nextDeadline == .seconds(7 - 30 + 40))
  }

  @Test func aHeartbeatHasItsWholeLease() throws {
    let heartbeat = check(.heartbeat, interval: .seconds(10))
    var patient = Patient(heartbeat)
    patient.apply(.success, at: 980)
    var new = try Self.restored(patient, heartbeat, after: 60)
    new.table.advance(to: .seconds(36.9))
    #expect(new.health.state == .up)
    new.table.advance(to: .seconds(37))
    #expect(new.health.state == .down)
  }

  @Test(arguments: [(289, true), (290, false), (-20, false)])
  func onlyWhatIsYoung(seconds: Double, isTaken: Bool) throws {
    var patient = Patient(check())
    _ = patient.run("-", from: 990)
    let new = try Self.restored(patient, check(), after: seconds)
    #expect(new.health.state == (isTaken ? .down : .unknown))
  }

  /// Failures that were held back as nothing came back.
  @Test func whatWasHeldBackIsCountedAnew() throws {
    var table = HealthTable()
    let pools = [HealthPool(check(), members: members(0..<2)), HealthPool(check(), members: members(2..<4))]
    let ids = table.update(to: pools, at: .seconds(0)).added
    table.apply(ids.map { ($0, .success) }, at: .seconds(1))
    for second in 2..<10 { table.apply(ids.map { ($0, .failure(.timeout)) }, at: .seconds(Double(second))) }
    #expect(table.isolatedSince != nil)
    let clocks = Clocks(.seconds(10), WallTime(nanoseconds: 0))
    let saved = table.saved(with: Overrides(), by: clocks)
    var new = HealthTable()
    let id = new.update(to: [pools[0]], at: .seconds(10)).added[0]
    #expect(new.restore(saved.targets, by: clocks, maximumAge: .seconds(300)) == 2)
    #expect(new.health(of: id)?.missingResults == 3)
    #expect(new.health(of: id)?.state == .up)
  }

  @Test func extremesDoNotTrap() {
    for (streak, number) in [(UInt16.max, Int64.max), (1, .min)] {
      for isSucceeding in [true, false] {
        var patient = Patient(check())
        let time = WallTime(nanoseconds: number)
        var saved = SavedTarget(
          check: check().canonicalText, subject: member(1), measured: .up, administration: .ready,
          since: time,
          heard: WallTime(nanoseconds: 0), reason: Reason(.success, ""), isSucceeding: isSucceeding,
          streak: streak)
        saved.slowStart = time
        saved.weight = .max
        let clocks = Clocks(.seconds(1), WallTime(nanoseconds: 1))
        #expect(patient.table.restore([saved], by: clocks, maximumAge: .seconds(300)) == 1)
        _ = patient.run("-+--")
        _ = patient.table.saved(with: Overrides(), by: clocks)
        #expect(patient.health.state == .up)
      }
    }
  }

  @Test func onlyOfTheSameCheck() throws {
    var patient = Patient(check())
    _ = patient.run("-", from: 990)
    #expect(try Self.restored(patient, check(fall: 4)).health.state == .unknown)
  }

  @Test func onlyWhereNothingIsKnownYet() throws {
    var patient = Patient(check())
    _ = patient.run("-", from: 990)
    let clocks = Clocks(.seconds(1000), WallTime(nanoseconds: 0))
    let saved = patient.table.saved(with: Overrides(), by: clocks)
    _ = patient.run("++", from: 1001)
    #expect(patient.table.restore(saved.targets, by: clocks, maximumAge: .seconds(300)) == 0)
    #expect(patient.health.state == .up)
  }

  /// Whatever a definition says is in its text.
  @Test func textsOfChecksDiffer() {
    var http = HTTPProbe()
    http.host = "-"
    var field = HTTPProbe()
    field.field = HTTPProbe.Field(name: "a", value: "b")
    var body = HTTPProbe()
    body.body = [0]
    var codes = HTTPProbe()
    codes.expected = [200...200]
    var dns = DNSProbe(query: .root)
    dns.answer = "-"
    let probes: [Probe] = [
      .tcp(send: [], expect: []), .tcp(send: [1], expect: []), .tcp(send: [], expect: [1]), .agent(send: []),
      .agent(send: [0x20]), .icmp, .heartbeat, .always, .http(HTTPProbe()), .http(http), .http(field),
      .http(body),
      .http(codes), .https(http, .system), .https(http, .none), .https(http, .authorities("/a")),
      .https(http, .authorities("/b")), .dns(DNSProbe(query: .root)), .dns(dns),
    ]
    var checks = probes.map { check($0) }
    checks += [check(name: "other"), check(interval: .seconds(2)), check(rise: 1), check(fall: 1)]
    for index in 0..<4 {
      var other = check()
      switch index {
      case 0: other.port = nil
      case 1: other.timeout = .milliseconds(1)
      case 2: other.startsUp = false
      default: other.slowStart = .seconds(1)
      }
      checks.append(other)
    }
    #expect(Set(checks.map(\.canonicalText)).count == Set(checks).count)
    #expect(Set(checks).count == checks.count)
  }
}
