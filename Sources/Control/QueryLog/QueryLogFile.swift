internal import Logging
internal import Transport
internal import Zones

/// A file, or standard output, that gets a line for each query.
struct QueryLogFile {
  /// Lines are written together, this many octets at a time.
  private static let batch = 1 << 16
  /// How long a reader of standard output may be behind before lines are dropped, in milliseconds.
  private static let patience: Int32 = 1_000

  private let path: String
  private let logger: Logger
  private var file: OpenFile?
  private var buffer: [UInt8] = []
  private var lineCount: UInt64 = 0
  private var hasFailed = false
  /// Lines that could not be written.
  private(set) var lossCount: UInt64 = 0

  /// - Parameter path: of the file, or `QueryLogTargets.standardOutput`.
  init(path: String, _ logger: Logger) throws(SystemError) {
    self.path = path
    self.logger = logger
    if path != QueryLogTargets.standardOutput { file = try System.openToAppend(path) }
  }

  mutating func add(_ line: String) {
    buffer += line.utf8
    buffer.append(UInt8(ascii: "\n"))
    lineCount += 1
    if buffer.count >= Self.batch { flush() }
  }

  mutating func flush() {
    guard !buffer.isEmpty else { return }
    do throws(SystemError) {
      // Once a reader has been waited for in vain, the end would else be waited for line by line, too.
      try System.write(
        buffer, to: file?.number ?? 1, called: path, patience: hasFailed ? 0 : Self.patience)
      hasFailed = false
    } catch {
      lossCount += lineCount
      if !hasFailed { logger.error("query log: \(error)") }
      hasFailed = true
    }
    buffer.removeAll(keepingCapacity: true)
    lineCount = 0
  }

  /// Begins a new file where the path leads to another one by now, or to none: the old one has been put aside.
  mutating func reopenIfMoved() {
    guard let old = file, let stamp = System.stamp(of: old.number) else { return }
    if let present = try? System.stamp(of: path), present.isOfSameFile(as: stamp) { return }
    flush()
    do throws(SystemError) {
      file = try System.openToAppend(path)
    } catch {
      if !hasFailed { logger.error("query log: \(error)") }
      hasFailed = true
    }
  }
}
