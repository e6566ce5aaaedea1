import DNSWire
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Control
@testable import Zones

/// What is known of the files that a zone was read from is true of the octets that were read.
struct ZoneAttemptTests {
  /// A link that is switched between two files while they are read: whichever it was, the same digest and
  /// the same stamps always mean the same zone.
  @Test func linkIsSwitchedMeanwhile() throws {
    let folder = TemporaryFolder()
    let targets = (1...2).map { serial in
      folder.write("version-\(serial)", ZoneText.zone(serial: UInt32(serial), address: "192.0.2.\(serial)"))
    }
    let link = "\(folder.path)/a.example.zone"
    symlink(targets[0], link)
    let file = try #require(try ZoneFolder.scan(folder.path).files.first)
    let isOver = Atomic(false)
    let hasEnded = Atomic(false)
    BackgroundThread.start {
      var turn = 0
      while !isOver.load(ordering: .relaxed) {
        turn += 1
        symlink(targets[turn % 2], "\(link).new")
        rename("\(link).new", link)
      }
      hasEnded.store(true, ordering: .releasing)
    }
    var serials: [Int: Set<UInt32>] = [:]
    var stamps: [FileStamp??: Set<UInt32>] = [:]
    for _ in 0..<3_000 {
      let attempt = ZoneAttempt(reading: file)
      let serial = try #require(attempt.result.zone).compiled.serial
      serials[attempt.digest, default: []].insert(serial)
      stamps[attempt.known.files[link], default: []].insert(serial)
    }
    isOver.store(true, ordering: .relaxed)
    while !hasEnded.load(ordering: .acquiring) { usleep(1_000) }
    #expect(serials.count == 2 && serials.values.allSatisfy { $0.count == 1 }, "\(serials)")
    #expect(stamps.values.allSatisfy { $0.count == 1 }, "\(stamps)")
  }
}
