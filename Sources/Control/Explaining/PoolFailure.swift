/// Why a question about a name has no answer.
struct PoolFailure: Error, Equatable {
  /// One line.
  let message: String
  var status = ExitStatus.failure

  static func usage(_ message: String) -> PoolFailure { PoolFailure(message: message, status: .usage) }
}
