import DNSWire
import Locations
import Zones

extension Answerer {
  /// What is answered in place of a pool at its next turn; what is no pool stays.
  ///
  /// - Returns: nil for NODATA.
  @inline(__always)
  mutating func choose(_ rrset: RRsetView?, _ entry: ZoneEntry) -> RRsetView? {
    guard let rrset, rrset.isPool else { return rrset }
    return nextTurn(of: rrset.pool, entry, areTargets: rrset.type == .cname)
  }

  @_noAllocation @_noLocks
  private mutating func nextTurn(of pool: Int, _ entry: ZoneEntry, areTargets: Bool) -> RRsetView? {
    guard let (own, members) = entry.pools.pool(pool) else { return nil }
    var schedule = own
    var turns = members &- 1
    var turnKinds = 1
    if areTargets {
      turnKinds = ScheduleView.turnKinds
      turns &-= query.type == .a ? 0 : query.type == .aaaa ? 1 : 2
    }
    if own.picking == .byClass {
      let (classSchedule, counter) = own.schedule(ofClass: clientClass(entry))
      schedule = classSchedule
      turns &-= counter &* turnKinds
    }
    let count = schedule.turnCount
    guard count > 0 else {
      response.negativeTTL = schedule.ttl
      return nil
    }
    let turn: Int
    let picking = schedule.picking
    if picking == .cycle {
      turn = entry.poolCounters.turn(worker: worker, pool: turns, of: count)
    } else if picking == .random {
      turn = random.next(below: count)
    } else if picking == .clientHash {
      turn = StickyHash.turn(of: StickyHash.key(of: client), among: count)
      dependOnClient(folded &+ StickyHash.scope(of: client))
    } else {
      turn = StickyHash.turn(of: name.hash(ofSuffix: name.labelCount), among: count)
    }
    let (rrset, member) = schedule.answer(at: turn)
    // What does not fit is not answered, and has had no turn.
    if fits(rrset) {
      if picking == .cycle { entry.poolCounters.end(turn, worker: worker, pool: turns, of: count) }
      entry.poolCounters.countAnswer(worker: worker, member: members &+ member)
    }
    return rrset
  }

  // The class of the client, as the zone's policies see it.
  @inline(__always)
  private mutating func clientClass(_ entry: ZoneEntry) -> Int {
    let classes = entry.classes
    guard let subnet = query.subnet, subnet.length > 0, subnet.family == .v6 else {
      let leaf = classes.leaf(of: client)
      dependOnClient(leaf.length)
      return leaf.value
    }
    let leaf = classes.leaf(v6High: subnet.high, low: subnet.low)
    dependOnClient(leaf.length)
    return leaf.value
  }

  // Bits that come before an IPv4 address where it is told as an IPv6 one.
  @inline(__always)
  private var folded: Int {
    guard let subnet = query.subnet, subnet.family == .v6, client.family == .v4 else { return 0 }
    return 96
  }

  // What is answered depends on as many bits of the client's address. That of the resolver is no matter of scope.
  @inline(__always)
  private mutating func dependOnClient(_ bits: Int) {
    guard let subnet = query.subnet, subnet.length > 0 else { return }
    response.scope = max(response.scope, bits)
  }
}
