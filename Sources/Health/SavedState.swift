/// What outlives a restart.
public struct SavedState: Equatable, Sendable {
  /// When it was saved.
  public var time: WallTime
  public var targets: [SavedTarget]
  public var overrides: Overrides

  public init(at time: WallTime, targets: [SavedTarget] = [], overrides: Overrides = Overrides()) {
    self.time = time
    self.targets = targets
    self.overrides = overrides
  }
}
