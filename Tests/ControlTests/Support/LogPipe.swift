import Logging

@testable import Control

/// A log whose lines can be waited for.
final class LogPipe {
  struct Silence: Error {}

  private let pipe = Pipe()
  private(set) var lines: [String] = []

  var logger: Logger {
    let writer = LogWriter(descriptor: pipe.writeEnd)
    return Logger(label: "test") { _ in LineLogHandler(writer: writer, logLevel: .trace) }
  }

  /// Reads lines until one contains `text`.
  func line(containing text: String) async throws {
    for _ in 0..<60_000 {
      let found = (pipe.readAvailable() ?? "").split(separator: "\n").map(String.init)
      lines += found
      if found.contains(where: { $0.contains(text) }) { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    throw Silence()
  }
}
