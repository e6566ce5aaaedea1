import DNSWire
import Zones

extension Answerer {
  /// What is answered in place of a pool at its next turn; what is no pool stays.
  ///
  /// - Returns: nil for NODATA.
  @inline(__always)
  mutating func choose(_ rrset: RRsetView?, _ entry: ZoneEntry) -> RRsetView? {
    guard let rrset, rrset.isPool else { return rrset }
    return nextTurn(of: rrset.pool, entry)
  }

  @_noAllocation @_noLocks
  private mutating func nextTurn(of pool: Int, _ entry: ZoneEntry) -> RRsetView? {
    guard let (schedule, column) = entry.pools.pool(pool) else { return nil }
    let count = schedule.turnCount
    guard count > 0 else {
      response.negativeTTL = schedule.ttl
      return nil
    }
    let turn: Int
    let picking = schedule.picking
    if picking == .cycle {
      turn = entry.poolCounters.turn(worker: worker, pool: column, of: count)
    } else if picking == .random {
      turn = random.next(below: count)
    } else if picking == .clientHash {
      turn = StickyHash.turn(of: StickyHash.key(of: client), among: count)
      dependOnClient(StickyHash.scope(of: client))
    } else {
      turn = StickyHash.turn(of: name.hash(ofSuffix: name.labelCount), among: count)
    }
    let (rrset, member) = schedule.answer(at: turn)
    // What does not fit is not answered, and has had no turn.
    if fits(rrset) {
      if picking == .cycle { entry.poolCounters.end(turn, worker: worker, pool: column, of: count) }
      entry.poolCounters.countAnswer(worker: worker, member: column &+ 1 &+ member)
    }
    return rrset
  }

  // What is answered depends on as many bits of the client's address. That of the resolver is no matter of scope.
  @inline(__always)
  private mutating func dependOnClient(_ bits: Int) {
    guard let subnet = query.subnet, subnet.length > 0 else { return }
    let before = subnet.family == .v6 && client.family == .v4 ? 96 : 0
    response.scope = max(response.scope, before &+ bits)
  }
}
