internal import Transport

/// A system call that failed, with what it was about.
struct SystemError: Error, Equatable, CustomStringConvertible {
  /// What was tried, as in "cannot open zones/example.com.zone".
  let action: String
  let code: Int32

  var description: String { "cannot \(action): \(reason)" }

  /// What the operating system calls the error.
  var reason: String { Errno(rawValue: code).description }
}
