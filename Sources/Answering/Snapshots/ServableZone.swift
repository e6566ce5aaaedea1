public import Zones

/// A compiled zone with what workers change while answering from it.
///
/// A reload that leaves the zone alone passes the same object on, so that its rotations go on where they are.
public final class ServableZone: Sendable {
  public let compiled: CompiledZone
  let rotations: RotationCounters

  /// - Parameter workers: as many as the publisher has.
  public init(_ compiled: CompiledZone, workers: Int) {
    self.compiled = compiled
    rotations = RotationCounters(workers: workers, rotations: compiled.rotationCount)
  }
}
