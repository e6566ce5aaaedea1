import Logging
import Testing

@testable import Control

struct LoadProgressTests {
  @Test func tellsWhileTheLoadLasts() async throws {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd)
    let logger = Logger(label: "test") { _ in LineLogHandler(writer: writer, logLevel: .info) }
    let progress = LoadProgress(of: 3, logger: logger)
    progress.advance()
    var log = ""
    while !log.contains("notice loading zones done=1 of=3") {
      try await Task.sleep(for: .milliseconds(20))
      log += pipe.readAvailable() ?? ""
    }
    progress.end()
  }

  /// Whoever wrote a line later might find another file under the log's descriptor.
  @Test func nothingIsToldAfterTheEnd() {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd)
    let progress = LoadProgress(
      of: 3, logger: Logger(label: "test") { _ in LineLogHandler(writer: writer, logLevel: .info) })
    progress.end()
    progress.tell(at: .now)
    #expect(pipe.readAvailable() == nil)
  }

  @Test func endWaitsForTheLineThatIsBeingWritten() async throws {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd)
    let (events, happened) = AsyncStream.makeStream(of: String.self)
    let gate = Gate()
    let progress = LoadProgress(
      of: 3,
      logger: Logger(label: "test") { _ in
        var handler = LineLogHandler(writer: writer, logLevel: .info)
        handler.metadataProvider = Logger.MetadataProvider {
          happened.yield("begins")
          gate.wait()
          happened.yield("written")
          return [:]
        }
        return handler
      })
    BackgroundThread.start { progress.tell(at: .now) }
    var order = events.makeAsyncIterator()
    #expect(await order.next() == "begins")
    BackgroundThread.start {
      progress.end()
      happened.yield("ended")
    }
    // Long enough for an end that does not wait.
    try await Task.sleep(for: .milliseconds(100))
    gate.open()
    #expect(await order.next() == "written")
    #expect(await order.next() == "ended")
  }

  /// A disk that does not answer, say: the log names what is waited for.
  @Test func namesTheFileThatTakesLong() {
    let progress = LoadProgress(of: 3, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    defer { progress.end() }
    let begin = LoadProgress.Instant.now
    func fields(after seconds: Int) -> [String] {
      LineLogHandler.ordered(progress.fields(at: begin + .seconds(seconds))).map { "\($0.key)=\($0.value)" }
    }
    progress.begin("z/b.zone", at: begin + .seconds(2))
    progress.begin("z/a.zone", at: begin)
    progress.advance()
    #expect(fields(after: 4) == ["done=1", "of=3"])
    #expect(fields(after: 7) == ["done=1", "of=3", "since=7s", "waits-for=z/a.zone"])
    progress.end("z/a.zone")
    #expect(fields(after: 8) == ["done=1", "of=3", "since=6s", "waits-for=z/b.zone"])
    progress.end("z/b.zone")
    #expect(fields(after: 20) == ["done=1", "of=3"])
  }
}
