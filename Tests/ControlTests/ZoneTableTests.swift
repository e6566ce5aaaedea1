import DNSWire
import TestSupport
import Testing

@testable import Control
@testable import Zones

/// What becomes of a zone when its file is read again.
struct ZoneTableTests {
  private static func file(_ folder: TemporaryFolder) throws -> ZoneFile {
    let contents = try ZoneFolder.scan(folder.path)
    return try #require(contents.files.first)
  }

  private static func words(_ event: ZoneEvent) -> String {
    switch event.outcome {
    case .loaded(let zone): "loaded \(zone.serial)"
    case .replaced(let old, let new): "replaced \(old.serial) by \(new.serial)"
    case .unchanged(let zone): "unchanged \(zone.serial)"
    case .refused(let zone?): "refused, serving \(zone.serial)"
    case .refused(nil): "refused"
    case .removed: "removed"
    }
  }

  @Test func lifeOfAZone() throws {
    let folder = TemporaryFolder()
    var table = ZoneTable(workers: 1)
    func step(_ text: String) throws -> String {
      folder.write("a.example.zone", text)
      return Self.words(table.apply(ZoneAttempt(reading: try Self.file(folder))))
    }
    #expect(try step(ZoneText.broken) == "refused")
    #expect(table.brokenCount == 1 && table.count == 1 && table.recordCount == 0)
    #expect(try step(ZoneText.zone(serial: 1)) == "loaded 1")
    #expect(table.brokenCount == 0 && table.recordCount == 4)
    #expect(try step(ZoneText.zone(serial: 2)) == "replaced 1 by 2")
    #expect(try step(ZoneText.broken) == "refused, serving 2")
    #expect(table.recordCount == 4)
    #expect(try step(ZoneText.zone(serial: 3)) == "replaced 2 by 3")
    let file = try Self.file(folder)
    let removal = table.remove(file.apex)
    #expect(Self.words(removal) == "removed")
    #expect(table.count == 0)
  }

  @Test func refusalKeepsTheZone() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    var table = ZoneTable(workers: 1)
    let file = try Self.file(folder)
    _ = table.apply(ZoneAttempt(reading: file))
    let refusal = ZoneFolder.Refusal(apex: file.apex, diagnostics: [])
    let refused = table.refuse(refusal)
    #expect(Self.words(refused) == "refused, serving 1")
    #expect(table.known[file.apex]?.isSettled == false)
    let other = ZoneFolder.Refusal(apex: try DomainName("b.example"), diagnostics: [])
    let refusedFirst = table.refuse(other)
    #expect(Self.words(refusedFirst) == "refused")
    #expect(table.count == 2 && table.brokenCount == 1)
  }

  /// A file that is written anew with the same text is no change, once it is certain what was read.
  @Test func sameTextAgain() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    var table = ZoneTable(workers: 1)
    try Self.waitUntilSettled(folder)
    let first = ZoneAttempt(reading: try Self.file(folder))
    #expect(first.known.isSettled)
    _ = table.apply(first)
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    try Self.waitUntilSettled(folder)
    let second = table.apply(ZoneAttempt(reading: try Self.file(folder)))
    #expect(Self.words(second) == "unchanged 1")
  }

  /// What was written in the tick of the clock in which it was read may be written once more in it.
  @Test func fileWrittenWhileReadIsNotSettled() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let file = try Self.file(folder)
    #expect(file.stamp.mayHaveChanged(since: file.stamp.changed))
    var later = file.stamp.changed
    later.seconds += 1
    #expect(!file.stamp.mayHaveChanged(since: later))
  }

  @Test func includedFilesAreKnown() throws {
    let folder = TemporaryFolder()
    let included = folder.write("hosts", "www 300 IN A 192.0.2.1\n")
    folder.write(
      "a.example.zone",
      "@ 300 IN SOA ns1 h 1 7200 900 1209600 300\n@ 300 IN NS ns1\nns1 300 IN A 192.0.2.2\n$INCLUDE hosts\n")
    let attempt = ZoneAttempt(reading: try Self.file(folder))
    #expect(attempt.result.zone?.compiled.recordCount == 4)
    #expect(attempt.known.files.keys.contains { $0 == included })
  }

  private static func waitUntilSettled(_ folder: TemporaryFolder) throws {
    let file = try Self.file(folder)
    while file.stamp.mayHaveChanged(since: FileTime.now) {}
  }

  @Test func theClosestZoneIsFound() throws {
    let folder = TemporaryFolder()
    folder.write("example.zone", ZoneText.zone(serial: 1))
    folder.write("a.example.zone", ZoneText.zone(serial: 2))
    folder.write("b.example.zone", ZoneText.broken)
    var table = ZoneTable(workers: 1)
    for file in try ZoneFolder.scan(folder.path).files { _ = table.apply(ZoneAttempt(reading: file)) }
    func found(_ name: String) throws -> String {
      switch table.place(of: try DomainName(name)) {
      case .zone(let zone): "\(zone.compiled.apex) \(zone.compiled.serial)"
      case .broken(let apex): "\(apex) broken"
      case .nowhere: "none"
      }
    }
    #expect(try found("x.y.A.Example.") == "a.example. 2")
    #expect(try found("a.example.") == "a.example. 2")
    #expect(try found("www.b.example.") == "b.example. broken")
    #expect(try found("c.example.") == "example. 1")
    #expect(try found("org.") == "none")
    _ = table.remove(try DomainName("a.example."))
    #expect(try found("x.a.example.") == "example. 1")
  }
}
