import DNSWire
import TestSupport
import Testing

@testable import Control
@testable import Zones

struct ReloadPlanTests {
  private static func stamp(
    device: UInt64 = 1, inode: UInt64 = 2, size: Int64 = 3, modified: FileTime = time(4),
    changed: FileTime = time(5)
  ) -> FileStamp {
    FileStamp(
      device: device, inode: inode, size: size, modified: modified, changed: changed, isRegular: true)
  }

  private static func time(_ seconds: Int64, _ nanoseconds: Int64 = 0) -> FileTime {
    FileTime(seconds: seconds, nanoseconds: nanoseconds)
  }

  private static let old = stamp()

  private static func name(_ text: String) throws -> DomainName { try DomainName(text) }

  private static func folder(_ files: [ZoneFile], refusals: [ZoneFolder.Refusal] = []) -> ZoneFolder {
    var folder = ZoneFolder([], in: "z")
    folder.files = files
    folder.refusals = refusals
    return folder
  }

  private static func file(_ zone: String, _ stamp: FileStamp = old) throws -> ZoneFile {
    ZoneFile(apex: try name(zone), path: "z/\(zone).zone", stamp: stamp)
  }

  private static func known(
    _ zone: String, _ stamp: FileStamp = old, includes: [String: FileStamp?] = [:], isSettled: Bool = true
  ) throws -> [DomainName: ReloadPlan.Known] {
    let files = includes.merging(["z/\(zone).zone": .some(stamp)]) { $1 }
    return [try name(zone): ReloadPlan.Known(files: files, isSettled: isSettled)]
  }

  @Test func newFileIsLoaded() throws {
    let file = try Self.file("a")
    let plan = ReloadPlan(known: [:], folder: Self.folder([file])) { _ in nil }
    #expect(plan.load == [file] && plan.keep.isEmpty && plan.remove.isEmpty)
  }

  @Test func unchangedFileIsKept() throws {
    let plan = ReloadPlan(known: try Self.known("a"), folder: Self.folder([try Self.file("a")])) { _ in nil }
    #expect(plan.keep == [try Self.name("a")] && plan.load.isEmpty)
  }

  static let changes: [FileStamp] = [
    stamp(device: 9), stamp(inode: 9), stamp(size: 9), stamp(modified: time(9)), stamp(modified: time(4, 1)),
    stamp(changed: time(9)), stamp(changed: time(5, 1)),
  ]

  @Test(arguments: changes) func changedFileIsLoaded(_ stamp: FileStamp) throws {
    let file = try Self.file("a", stamp)
    let plan = ReloadPlan(known: try Self.known("a"), folder: Self.folder([file])) { _ in nil }
    #expect(plan.load == [file] && plan.keep.isEmpty)
  }

  @Test(
    arguments: [
      // (before, now, is it loaded?)
      (old, old, false), (old, changes[2], true), (old, nil, true), (nil, old, true), (nil, nil, false),
    ] as [(FileStamp?, FileStamp?, Bool)]) func includedFile(
      _ before: FileStamp?, _ now: FileStamp?, _ isLoaded: Bool
    ) throws
  {
    let known = try Self.known("a", includes: ["z/included": before])
    let plan = ReloadPlan(known: known, folder: Self.folder([try Self.file("a")])) { path in
      path == "z/included" ? now : nil
    }
    #expect(plan.load.isEmpty == !isLoaded && plan.keep.isEmpty == isLoaded)
  }

  @Test func unsettledZoneIsLoadedAgain() throws {
    let known = try Self.known("a", isSettled: false)
    let plan = ReloadPlan(known: known, folder: Self.folder([try Self.file("a")])) { _ in nil }
    #expect(plan.load.count == 1)
  }

  @Test func fileOfAnotherNameIsLoaded() throws {
    let renamed = ZoneFile(apex: try Self.name("a"), path: "z/A.zone", stamp: Self.old)
    let plan = ReloadPlan(known: try Self.known("a"), folder: Self.folder([renamed])) { _ in nil }
    #expect(plan.load == [renamed] && plan.remove.isEmpty)
  }

  @Test func goneFileIsRemoved() throws {
    let plan = ReloadPlan(known: try Self.known("a"), folder: Self.folder([try Self.file("b")])) { _ in nil }
    #expect(plan.remove == [try Self.name("a")])
    #expect(plan.load.map(\.apex) == [try Self.name("b")])
  }

  @Test func refusedFileKeepsItsZone() throws {
    let refusal = ZoneFolder.Refusal(apex: try Self.name("a"), diagnostics: [])
    let plan = ReloadPlan(known: try Self.known("a"), folder: Self.folder([], refusals: [refusal])) { _ in nil
    }
    #expect(plan.refuse == [refusal] && plan.remove.isEmpty && plan.load.isEmpty && plan.keep.isEmpty)
  }

  /// Against a plain model: each zone gets the one decision that its own past and present call for.
  @Test func everyZoneGetsOneDecision() throws {
    var random = SplitMix64.random()
    let seed = random.seed
    for _ in 0..<500 {
      var known: [DomainName: ReloadPlan.Known] = [:]
      var files: [ZoneFile] = []
      var refusals: [ZoneFolder.Refusal] = []
      var expected: [DomainName: String] = [:]
      for index in 0..<Int.random(in: 0...12, using: &random) {
        let label = "z\(index)"
        let apex = try Self.name(label)
        let wasKnown = Bool.random(using: &random)
        let isSettled = Int.random(in: 0..<4, using: &random) > 0
        if wasKnown { known.merge(try Self.known(label, isSettled: isSettled)) { $1 } }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
          if wasKnown { expected[apex] = "remove" }
        case 1:
          refusals.append(ZoneFolder.Refusal(apex: apex, diagnostics: []))
          expected[apex] = "refuse"
        case 2:
          files.append(try Self.file(label))
          expected[apex] = wasKnown && isSettled ? "keep" : "load"
        default:
          files.append(try Self.file(label, Self.changes.randomElement(using: &random) ?? Self.old))
          expected[apex] = "load"
        }
      }
      files.shuffle(using: &random)
      let plan = ReloadPlan(known: known, folder: Self.folder(files, refusals: refusals)) { _ in nil }
      var decided: [DomainName: String] = [:]
      var count = 0
      for (name, decision) in plan.load.map({ ($0.apex, "load") }) + plan.remove.map({ ($0, "remove") })
        + plan.keep.map({ ($0, "keep") }) + plan.refuse.map({ ($0.apex, "refuse") })
      {
        decided[name] = decision
        count += 1
      }
      #expect(decided == expected, "seed \(seed)")
      #expect(count == expected.count, "seed \(seed)")
      #expect(plan.load.map(\.path) == files.filter { plan.load.contains($0) }.map(\.path), "seed \(seed)")
    }
  }
}
