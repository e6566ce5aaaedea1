import DNSWire
import Synchronization
import TestSupport
import Testing
import Zones

@testable import Answering

/// Snapshots change under workers that go on answering.
@Suite struct SnapshotPublisherTests {
  private static let readers = 3
  private static let publications = 100

  /// Two zones, the second reached from the first, whose every record tells the serial.
  private static func snapshot(serial: Int, _ folder: TemporaryFolder) throws -> Snapshot {
    let zones = try ["example.", "example.net."].map { apex in
      // Padding of another length each time moves all that follows in memory.
      let text = """
        $TTL \(serial)
        @ SOA ns hostmaster \(serial) 7200 900 1209600 \(serial)
        @ NS ns
        $GENERATE 1-\(serial % 7 + 1) padding$ A 192.0.2.$
        ns A 192.0.2.\(serial % 200)
        www CNAME www.example.net.
        *.wild TXT "\(serial)"
        $GENERATE 1-5 www A 10.\(serial >> 8).\(serial & 255).$
        """
      let lines = text.split(separator: "\n")
        .filter { apex == "example." ? !$0.contains(" www A") : !$0.contains("CNAME") }
      let file = folder.write("zone", lines.joined(separator: "\n") + "\n")
      let result = ZoneLoader.load(file: file, apex: try DomainName(apex))
      let zone = try #require(result.zone, "\(result.diagnostics)")
      return Snapshot.ServedZone.loaded(ServableZone(zone, workers: readers))
    }
    return Snapshot(zones: zones, settings: AnswerSettings())
  }

  /// Every answer is wholly of one snapshot, and of none older than the worker saw before.
  @Test func answersAreOfOneSnapshot() throws {
    let folder = TemporaryFolder()
    let publisher = SnapshotPublisher(try Self.snapshot(serial: 1, folder), workers: Self.readers)
    let isDone = Atomic(false)
    let threads = try (0..<Self.readers).map { worker in
      try TestThread {
        var reader = SerialReader(Answerer(publisher, worker: worker))
        while true {
          // Read before the answers: so the last ones are given after the last publication.
          let isLast = isDone.load(ordering: .acquiring)
          if let problem = reader.answerBatch() { return problem }
          if isLast { return "last serial \(reader.serial)" }
        }
      }
    }
    for serial in 2...Self.publications {
      publisher.publish(try Self.snapshot(serial: serial, folder))
    }
    isDone.store(true, ordering: .releasing)
    for thread in threads { #expect(thread.join() == "last serial \(Self.publications)") }
  }

  /// Nothing of an old snapshot is left when `publish` returns.
  @Test func oldSnapshotsAreFreed() throws {
    let folder = TemporaryFolder()
    let (publisher, first) = try publisherOfFreed(folder)
    var answerer = Answerer(publisher, worker: 0)
    answerer.beginBatch()
    answerer.endBatch()
    #expect(first.isAlive)
    publisher.publish(try Self.snapshot(serial: 2, folder))
    #expect(!first.isAlive)
  }

  /// A zone that a reload leaves alone lives on in the new snapshot.
  @Test func zonesThatStayAreKept() throws {
    let folder = TemporaryFolder()
    let file = folder.write("zone", "@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n")
    let zone = try #require(ZoneLoader.load(file: file, apex: try DomainName("example.")).zone)
    var kept: ServableZone? = ServableZone(zone, workers: 1)
    weak let freed = kept
    let publisher = SnapshotPublisher(
      Snapshot(zones: kept.map { [.loaded($0)] } ?? [], settings: AnswerSettings()), workers: 1)
    publisher.publish(Snapshot(zones: kept.map { [.loaded($0)] } ?? [], settings: AnswerSettings()))
    kept = nil
    #expect(freed != nil)
    publisher.publish(Snapshot(zones: [], settings: AnswerSettings()))
    #expect(freed == nil)
  }

  /// A worker within a batch holds the publisher up, and what it reads stays as it was.
  @Test func publishingWaitsForTheBatch() throws {
    let folder = TemporaryFolder()
    let (publisher, first) = try publisherOfFreed(folder)
    let second = try Self.snapshot(serial: 2, folder)
    var reader = SerialReader(Answerer(publisher, worker: 0))
    reader.begin()
    let isPublished = Atomic(false)
    let thread = try TestThread {
      publisher.publish(second)
      isPublished.store(true, ordering: .sequentiallyConsistent)
      return "published"
    }
    for _ in 0..<1000 {
      #expect(reader.problemOfAnswers() == nil)
      #expect(reader.serial == 1 && first.isAlive)
      let wasPublished = isPublished.load(ordering: .sequentiallyConsistent)
      #expect(!wasPublished)
    }
    reader.end()
    #expect(thread.join() == "published")
    #expect(!first.isAlive)
    #expect(reader.answerBatch() == nil)
    #expect(reader.serial == 2)
  }

  private func publisherOfFreed(_ folder: TemporaryFolder) throws -> (SnapshotPublisher, WeakSnapshot) {
    let snapshot = try Self.snapshot(serial: 1, folder)
    return (SnapshotPublisher(snapshot, workers: Self.readers), WeakSnapshot(snapshot))
  }
}

/// Tells whether a snapshot is still there, without keeping it.
private struct WeakSnapshot {
  private weak let snapshot: Snapshot?

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  var isAlive: Bool { snapshot != nil }
}

/// Asks for names whose answers tell the serial of the snapshot that they come from.
private struct SerialReader: ~Copyable {
  private var answerer: TestAnswerer
  /// What the last answers told.
  private(set) var serial = 0

  init(_ answerer: consuming Answerer) { self.answerer = TestAnswerer(answerer) }

  mutating func begin() { answerer.begin() }
  mutating func end() { answerer.end() }

  /// Answers a batch; returns what is wrong with the answers.
  mutating func answerBatch() -> String? {
    begin()
    defer { end() }
    let before = serial
    if let problem = problemOfAnswers() { return problem }
    return serial < before ? "serial \(serial) after \(before)" : nil
  }

  /// Asks within one batch: all answers must tell one serial.
  mutating func problemOfAnswers() -> String? {
    do {
      let soa = try answerer.askWithinBatch("example.", .soa)
      let words = soa.answer.first?.split(separator: " ") ?? []
      guard words.count == 10, let told = Int(words[5]) else { return "no serial: \(soa)" }
      serial = told
      let www = try answerer.askWithinBatch("www.example.", .a)
      let addresses = (1...5).map { "www.example.net. \(told) A 10.\(told >> 8).\(told & 255).\($0)" }
      guard www.answer.first == "www.example. \(told) CNAME www.example.net.",
        Set(www.answer.dropFirst()) == Set(addresses), www.answer.count == 6
      else { return "for serial \(told): \(www.answer)" }
      let wild = try answerer.askWithinBatch("x.wild.example.net.", .txt)
      guard wild.answer == ["x.wild.example.net. \(told) TXT \"\(told)\""] else {
        return "for serial \(told): \(wild.answer)"
      }
      let none = try answerer.askWithinBatch("none.example.", .a)
      guard none.authority.first?.hasPrefix("example. \(told) SOA") == true else {
        return "for serial \(told): \(none.authority)"
      }
      return nil
    } catch {
      return "malformed"
    }
  }
}
