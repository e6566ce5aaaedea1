import DNSWire
import Synchronization
import TestSupport
import Testing
import Zones

@testable import Answering

/// Schedules change, each for itself, under workers that go on answering.
@Suite struct ReplacementTests {
  private static let readers = 3
  private static let replacements: UInt32 = 300

  /// The schedule of a generation answers by one member only, and tells the generation by its TTL. Its length differs
  /// from that of others, so that memory is laid out anew each time.
  private static func schedule(
    _ owner: String, generation: UInt32, in zone: CompiledZone
  ) throws -> EncodedSchedule {
    let members = UInt32(zone.pools[try PoolZone.pool(owner, in: zone)].addresses.count)
    let length = 1 + Int(generation &* 2_654_435_761 % 500)
    return try PoolZone.schedule(
      owner, in: zone, ttl: generation, turns: Array(repeating: generation % members, count: length))
  }

  /// What is wrong with a batch of answers; nil: nothing, and `generation` is that of both pools.
  ///
  /// Pools are replaced together, but one after the other: within a batch either may still be of the generation
  /// before, and turn to the new one at any time.
  private static func problem(_ client: inout TestAnswerer, _ generation: inout UInt32) -> String? {
    client.begin()
    defer { client.end() }
    let before = generation
    for _ in 0..<8 {
      for (owner, members) in [("one", UInt32(3)), ("two", 2)] {
        guard let answer = (try? client.askWithinBatch("\(owner).example.", .a))?.answer, answer.count == 1
        else { return "\(owner): no answer" }
        let words = answer[0].split(separator: " ")
        guard words.count == 4, let told = UInt32(words[1]) else { return "malformed: \(answer)" }
        guard told >= before, words[3].suffix(1) == "\(told % members)" else {
          return "\(answer) after generation \(before)"
        }
        generation = max(generation, told)
      }
    }
    return nil
  }

  /// Every answer is wholly of one schedule, and of none older than those that a batch before had seen.
  @Test func answersAreOfOneSchedule() throws {
    let folder = TemporaryFolder()
    let compiled = try PoolZone.load(folder)
    let zone = ServableZone(compiled, schedules: try PoolZone.schedules(compiled), workers: Self.readers)
    let changes = { (generation: UInt32) in
      try ["one", "two"].map { owner in
        (
          zone: zone, pool: try PoolZone.pool(owner, in: compiled),
          schedule: try Self.schedule(owner, generation: generation, in: compiled)
        )
      }
    }
    let snapshot = Snapshot(zones: [.loaded(zone)], settings: AnswerSettings())
    let publisher = SnapshotPublisher(snapshot, workers: Self.readers)
    publisher.replace(try changes(1))
    let isDone = Atomic(false)
    let threads = try (0..<Self.readers).map { worker in
      try TestThread {
        var client = TestAnswerer(Answerer(publisher, worker: worker))
        var generation: UInt32 = 1
        while true {
          // Read before the answers: so the last ones are given after the last replacement.
          let isLast = isDone.load(ordering: .acquiring)
          if isLast { generation = Self.replacements }
          if let problem = Self.problem(&client, &generation) { return problem }
          if isLast { return "last generation \(generation)" }
        }
      }
    }
    for generation in 2...Self.replacements {
      publisher.replace(try changes(generation))
      // Reloads that keep the zone come in between.
      if generation % 10 == 0 {
        publisher.publish(Snapshot(zones: [.loaded(zone)], settings: AnswerSettings()))
      }
    }
    isDone.store(true, ordering: .releasing)
    for thread in threads { #expect(thread.join() == "last generation \(Self.replacements)") }
  }

  /// Nothing of an old schedule is left when `replace` returns; the new one lives on in the zone, and ends with it.
  @Test func oldSchedulesAreFreed() throws {
    let folder = TemporaryFolder()
    let compiled = try PoolZone.load(folder)
    let pool = try PoolZone.pool("one", in: compiled)
    var schedules = try PoolZone.schedules(compiled)
    weak let first = schedules[pool]
    var zone: ServableZone? = ServableZone(compiled, schedules: schedules, workers: 1)
    schedules = []
    let publisher = SnapshotPublisher(
      Snapshot(zones: zone.map { [.loaded($0)] } ?? [], settings: AnswerSettings()), workers: 1)
    #expect(first != nil)
    var replaced: [EncodedSchedule] = []
    for generation in 2...3 {
      replaced.append(try Self.schedule("one", generation: UInt32(generation), in: compiled))
    }
    weak let second = replaced[0]
    weak let third = replaced[1]
    // The same pool twice: the last one stays.
    publisher.replace(zone.map { zone in replaced.map { (zone, pool, $0) } } ?? [])
    replaced = []
    #expect(first == nil && second == nil && third != nil)
    zone = nil
    #expect(third != nil)
    publisher.publish(Snapshot(zones: [], settings: AnswerSettings()))
    #expect(third == nil)
  }

  /// A worker within a batch holds the publisher up, and the schedule that it may be reading stays.
  @Test func replacingWaitsForTheBatch() throws {
    let subject = try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
    let zone = subject.zones[0]
    let pool = try PoolZone.pool("one", in: zone.compiled)
    let publisher = subject.publisher
    let weakFirst = WeakSchedule(try Self.schedule("one", generation: 1, in: zone.compiled)) {
      publisher.replace([(zone, pool, $0)])
    }
    let second = try Self.schedule("one", generation: 2, in: zone.compiled)
    var client = TestAnswerer(Answerer(publisher, worker: 0))
    client.begin()
    let isReplaced = Atomic(false)
    let thread = try TestThread {
      publisher.replace([(zone, pool, second)])
      isReplaced.store(true, ordering: .sequentiallyConsistent)
      return "replaced"
    }
    var isNew = false
    var batches = 0
    // The new schedule is seen within the batch already, and from then on.
    while !isNew || batches < 1000 {
      let answer = try client.askWithinBatch("one.example.", .a).answer
      isNew = isNew || answer == ["one.example. 2 A 192.0.2.12"]
      #expect(answer == [isNew ? "one.example. 2 A 192.0.2.12" : "one.example. 1 A 192.0.2.11"])
      #expect(weakFirst.isAlive)
      let wasReplaced = isReplaced.load(ordering: .sequentiallyConsistent)
      #expect(!wasReplaced)
      batches += 1
    }
    client.end()
    #expect(thread.join() == "replaced")
    #expect(!weakFirst.isAlive)
  }

  @Test func turnsAndCountersGoOn() throws {
    var subject = try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
    let zone = subject.zones[0]
    let pool = try PoolZone.pool("one", in: zone.compiled)
    let turns: [UInt32] = [0, 1, 0, 2, 0, 1, 0, 0, 1, 2]
    var asked: [String] = []
    for generation in 1...10 {
      let schedule = try PoolZone.schedule(
        "one", in: zone.compiled, ttl: UInt32(generation), turns: turns)
      subject.publisher.replace([(zone, pool, schedule)])
      for _ in 0..<3 { asked.append(String(try subject.ask("one.example.", .a).answer[0].suffix(1))) }
    }
    #expect(asked == (0..<30).map { "\(turns[$0 % 10])" })
    #expect(zone.answersGiven(pool: pool) == [15, 9, 6])
    // Turn 7 of 10 becomes 3 of 4.
    for _ in 0..<7 { _ = try subject.ask("one.example.", .a) }
    let shorter = try PoolZone.schedule("one", in: zone.compiled, turns: [0, 1, 1, 2])
    subject.publisher.replace([(zone, pool, shorter)])
    let rest = try (0..<3).map { _ in String(try subject.ask("one.example.", .a).answer[0].suffix(1)) }
    #expect(rest == ["2", "0", "1"])
  }

  @Test func equalMembersAlternate() throws {
    var subject = try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
    let zone = subject.zones[0]
    let pool = try PoolZone.pool("two", in: zone.compiled)
    var last = ""
    for generation in 1...50 {
      let schedule = try PoolZone.schedule("two", in: zone.compiled, ttl: UInt32(generation), turns: [0, 1])
      subject.publisher.replace([(zone, pool, schedule)])
      for _ in 0..<generation {
        let address = String(try subject.ask("two.example.", .a).answer[0].suffix(10))
        #expect(address != last)
        last = address
      }
    }
  }

  /// From nobody to NODATA and back.
  @Test func poolsEmptyAndFillAgain() throws {
    var subject = try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
    let zone = subject.zones[0]
    let pool = try PoolZone.pool("cdn", in: zone.compiled)
    let empty = try PoolZone.schedule("cdn", in: zone.compiled, turns: [])
    subject.publisher.replace([(zone, pool, empty)])
    #expect(try subject.ask("cdn.example.", .a).authority.count == 1)
    let filled = try PoolZone.schedule("cdn", in: zone.compiled, turns: [1])
    subject.publisher.replace([(zone, pool, filled)])
    #expect(try subject.ask("cdn.example.", .a).answer == ["cdn.example. 60 CNAME b.example.net."])
  }

  /// What a reload brings gets the schedules of the moment before it is served.
  @Test func zonesNotYetServed() throws {
    let folder = TemporaryFolder()
    let compiled = try PoolZone.load(folder)
    let zone = ServableZone(compiled, schedules: try PoolZone.schedules(compiled), workers: 1)
    let publisher = SnapshotPublisher(Snapshot(zones: [], settings: AnswerSettings()), workers: 1)
    let pool = try PoolZone.pool("one", in: compiled)
    publisher.replace([(zone, pool, try Self.schedule("one", generation: 7, in: compiled))])
    publisher.publish(Snapshot(zones: [.loaded(zone)], settings: AnswerSettings()))
    var client = TestAnswerer(Answerer(publisher, worker: 0))
    #expect(try client.ask("one.example.", .a).answer == ["one.example. 7 A 192.0.2.11"])
  }
}

/// Tells whether a schedule is still there, without keeping it.
private struct WeakSchedule {
  private weak let schedule: EncodedSchedule?

  /// - Parameter use: what is done with the schedule while it is kept here.
  init(_ schedule: EncodedSchedule, _ use: (EncodedSchedule) -> Void) {
    self.schedule = schedule
    use(schedule)
  }

  var isAlive: Bool { schedule != nil }
}
