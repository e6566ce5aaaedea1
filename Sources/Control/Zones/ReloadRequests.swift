/// Lets one reload run at a time; requests that come meanwhile become one more, which sees what all of
/// them were for.
struct ReloadRequests: Equatable, Sendable {
  private(set) var isRunning = false
  private var isWanted = false

  /// - Returns: whether to start a reload now.
  mutating func request() -> Bool {
    if isRunning {
      isWanted = true
      return false
    }
    isRunning = true
    return true
  }

  /// The reload that ran has ended.
  ///
  /// - Returns: whether to start another one now.
  mutating func end() -> Bool {
    isRunning = isWanted
    isWanted = false
    return isRunning
  }
}
