import Logging
import Testing

@testable import Control

struct LineLogHandlerTests {
  @Test func keysHaveAnOrder() {
    let fields = LineLogHandler.ordered([
      "time": "3ms", "serial-new": "2", "other": "x", "records": "12", "zone": "example.com.",
      "serial-old": "1",
      "another": "y",
    ])
    #expect(
      fields.map(\.key) == ["zone", "records", "serial-old", "serial-new", "another", "other", "time"])
  }

  @Test func eventsBecomeLines() throws {
    let pipe = Pipe()
    let writer = LogWriter(descriptor: pipe.writeEnd)
    let logger = Logger(label: "test") { _ in LineLogHandler(writer: writer, logLevel: .info) }
    logger.debug("not this one")
    logger.info("zone loaded", metadata: ["zone": "example.com.", "time": "3ms", "records": "12"])
    let line = try #require(pipe.readAvailable())
    #expect(line.hasSuffix("Z info zone loaded zone=example.com. records=12 time=3ms\n"))
    #expect(line.split(separator: "\n").count == 1)
  }
}
