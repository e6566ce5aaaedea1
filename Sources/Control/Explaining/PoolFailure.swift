/// Why a question about pools has no answer.
struct PoolFailure: Error, Equatable {
  /// What is wrong, and what would be right.
  let lines: [String]
  var status = ExitStatus.failure

  init(_ lines: String..., status: ExitStatus = .failure) {
    self.init(lines: lines, status: status)
  }

  init(lines: [String], status: ExitStatus = .failure) {
    self.lines = lines
    self.status = status
  }

  static func usage(_ message: String) -> PoolFailure { PoolFailure(message, status: .usage) }
}

extension ExitStatus {
  /// Hands a report over line by line, or what keeps it from being made.
  ///
  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why there is none.
  static func of(
    output: (String) -> Void, complaint: (String) -> Void, _ report: () throws(PoolFailure) -> [String]
  ) -> ExitStatus {
    do throws(PoolFailure) {
      for line in try report() { output(line) }
      return .success
    } catch {
      for line in error.lines { complaint(LogLine.escaped(line)) }
      return error.status
    }
  }
}
