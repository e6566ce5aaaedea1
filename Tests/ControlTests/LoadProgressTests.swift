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
}
