import Glibc
import Testing

@testable import Control

struct LogWriterTests {
  /// A reader that has stopped costs the patience once, whatever is logged meanwhile; what was lost is
  /// told when it reads again.
  @Test func stoppedReader() throws {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd, patience: 50)
    let line = String(repeating: "x", count: 4_000)
    let clock = ContinuousClock()
    let begin = clock.now
    for _ in 0..<200 { writer.write(line) }
    #expect(clock.now - begin < .seconds(2))
    let before = try #require(pipe.readAvailable())
    let written = before.split(separator: "\n").filter { $0 == line }.count
    #expect((1..<200).contains(written))
    writer.write("after")
    let after = try #require(pipe.readAvailable())
    #expect(after.contains("warning lines of this log were lost because nobody read it lines="))
    #expect(after.hasSuffix("\nafter\n"))
  }

  @Test func longLineArrivesWhole() throws {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd, patience: 1_000)
    let line = String(repeating: "y", count: 30_000)
    writer.write(line)
    #expect(pipe.readAvailable() == line + "\n")
  }

  @Test func closedReader() {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd, patience: 50)
    pipe.closeReadEnd()
    writer.write("nobody reads this")
    LogWriter(descriptor: 9_999, patience: 50).write("nor this")
  }
}
