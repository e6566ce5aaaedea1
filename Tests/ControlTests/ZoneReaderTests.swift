import TestSupport
import Testing

@testable import Control

struct ZoneReaderTests {
  @Test(arguments: [1, 2, 7]) func yieldsInOrder(_ threads: Int) async throws {
    let folder = TemporaryFolder()
    for index in 0..<40 {
      folder.write(
        "z\(index).example.zone", index % 5 == 0 ? ZoneText.broken : ZoneText.zone(serial: UInt32(index)))
    }
    let files = try ZoneFolder.scan(folder.path).files
    #expect(files.count == 40)
    var read: [ZoneFile] = []
    var broken = 0
    for await attempt in ZoneReader.read(files, threads: threads) {
      read.append(attempt.file)
      if attempt.result.zone == nil { broken += 1 }
    }
    #expect(read == files)
    #expect(broken == 8)
  }

  @Test func nothingToRead() async {
    for await _ in ZoneReader.read([], threads: 2) { Issue.record("an attempt at nothing") }
  }
}
