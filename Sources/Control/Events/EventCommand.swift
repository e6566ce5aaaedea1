/// A program that is run for each event, with the event in its environment.
struct EventCommand: Sendable {
  private static let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  private let command: [String]
  private let timeout: Duration

  /// - Parameters:
  ///   - command: a path and arguments.
  ///   - timeout: after which it is killed, with all that it has started.
  init(_ command: [String], timeout: Duration = .seconds(10)) {
    self.command = command
    self.timeout = timeout
  }

  /// Runs the program to its end. Blocks.
  ///
  /// - Returns: why it failed; nil: it did not.
  func deliver(_ event: StateEvent) -> String? {
    do throws(SystemError) {
      switch try System.run(command, environment: [Self.path] + event.environment, timeout: timeout) {
      case .status(0): return nil
      case .status(let status): return "it ended with status \(status)"
      case .signal(let signal): return "it was ended by signal \(signal)"
      case .killed: return "it took longer than \(timeout.milliseconds), and was killed"
      }
    } catch {
      return error.description
    }
  }
}
