import Synchronization

/// Writes lines to a file descriptor, one at a time, whatever becomes of who reads them: an error is
/// ignored, and a reader that has stopped costs a few seconds once, then lines, never the server.
///
/// Whoever logs waits, threads of Swift's pool too: in the order in which they happened lines reach a reader
/// that is merely slow, and the last ones are out when the process ends. Those threads do only what reloads
/// and summaries need. Answers and signals have threads of their own, which do not log.
final class LogWriter: Sendable {
  private struct State {
    /// Lines given up since the last one that was written.
    var lost = 0
    /// Whether the last line was given up half-way.
    var isTorn = false
  }

  private let descriptor: Int32
  private let patience: Int32
  private let state = Mutex(State())

  /// - Parameter patience: how long a line waits for a reader before it is given up, in milliseconds.
  init(descriptor: Int32, patience: Int32 = 5_000) {
    self.descriptor = descriptor
    self.patience = patience
  }

  func write(_ line: String) {
    state.withLock { state in
      // Once a line was given up the next ones do not wait again, or a reload's many lines would add up.
      guard System.waitUntilWritable(descriptor, milliseconds: state.lost == 0 ? patience : 0) else {
        state.lost += 1
        return
      }
      var text = state.isTorn ? "\n" : ""
      if state.lost > 0 {
        text += LogLine.text(
          time: System.wallClock, level: "warning",
          message: "lines of this log were lost because nobody read it", fields: [("lines", "\(state.lost)")])
        text += "\n"
        state.lost = 0
      }
      text += line
      text += "\n"
      state.isTorn = !System.write(Array(text.utf8), to: descriptor, patience: patience)
      if state.isTorn { state.lost = 1 }
    }
  }
}
