import Synchronization

/// What a verb was asked for, line by line.
public enum StandardOutput {
  /// Why a line was lost; nil: none was.
  private static let failure = Mutex<SystemError?>(nil)

  public static func write(_ line: String) {
    failure.withLock { failure in
      guard failure == nil else { return }
      do throws(SystemError) {
        try System.write(Array((line + "\n").utf8), to: 1, called: "to standard output")
      } catch {
        failure = error
      }
    }
  }

  /// What the process ends with: no success where lines were lost, which is told.
  public static func ending(with status: ExitStatus) -> ExitStatus {
    guard let failure = failure.withLock(\.self) else { return status }
    StandardError.write(failure.description)
    return status == .success ? .failure : status
  }
}
