internal import Locations
import Synchronization

/// Classes of clients that were worked out already: zones with the same locations, of which some servers have many,
/// share theirs.
final class ClassCache: Sendable {
  private struct Key: Hashable {
    var locations: [LocationDefinition]
    var use: LocationUse
  }

  private let known = Mutex<[Key: ClientClasses]>([:])

  /// When there are more than these, all are forgotten.
  private static let limit = 64

  /// The classes of a zone's clients; nil where no policy asks where clients are.
  func classes(of policies: ZonePolicies, _ knowledge: ClientKnowledge) -> ClientClasses? {
    let use = LocationUse(policies.policies)
    guard !use.isEmpty else { return nil }
    let key = Key(locations: policies.locations, use: use)
    if let classes = known.withLock({ $0[key] }) { return classes }
    let classes = ClientClasses(policies.locations, for: use, knowledge)
    known.withLock { known in
      if known.count >= Self.limit { known = [:] }
      known[key] = classes
    }
    return classes
  }
}
