internal import DNSWire
internal import Steering
import Synchronization

/// Which clients are of which classes in both versions of a zone: pools of the same zone share that.
final class ZoneOverlaps: Sendable {
  private struct Key: Hashable {
    var old: DomainName
    var new: DomainName
  }

  private let known = Mutex<[Key: ClassPairs]>([:])

  /// When there are more than these, all are forgotten: pools come zone by zone.
  private static let limit = 16

  func pairs(_ old: PoolSet.Zone, _ new: PoolSet.Zone) -> ClassPairs {
    let key = Key(old: old.apex, new: new.apex)
    return known.withLock { known in
      if let pairs = known[key] { return pairs }
      if known.count >= Self.limit { known = [:] }
      let pairs = ClassPairs(old.classes, new.classes)
      known[key] = pairs
      return pairs
    }
  }
}
