internal import DNSWire
internal import Steering
internal import Zones

/// How a pool is answered, and what that follows from.
struct PoolAnswer: Sendable {
  let inputs: PoolInputs
  /// Parallel to the pool's members. Where the policy asks where clients are, this and what follows is for those of
  /// whom nothing is known.
  let candidates: [Choice.Candidate]
  /// Of the schedule; 0: NODATA.
  let turns: Int
  /// Whether a stage left nobody, so that `fail` decided.
  let isFallback: Bool
  /// Of the answers, in seconds; of NODATA, at most.
  let ttl: UInt32
  /// Indices of the members that any clients are answered of whom stages left somebody.
  let answered: [Int]

  /// - Returns: the answer, and its schedule for the data plane.
  static func make(
    for pool: Pool, in apex: DomainName, from inputs: PoolInputs
  ) -> (answer: PoolAnswer, schedule: EncodedSchedule) {
    let choices = pool.choose(inputs.members, last: inputs.last)
    let choice = choices.choice
    let ttl =
      choice.schedule.turns.isEmpty
      ? pool.negativeTimeToLive(horizon: inputs.horizon) : pool.timeToLive(horizon: inputs.horizon)
    let answer = PoolAnswer(
      inputs: inputs, candidates: choice.candidates, turns: choice.schedule.turns.count,
      isFallback: choice.isFallback, ttl: ttl, answered: choices.answered)
    return (answer, pool.encode(choices, apex: apex, horizon: inputs.horizon))
  }

  /// The answers of all pools of a zone, by number.
  ///
  /// - Parameter monitor: tells what is known of members; without it, nothing is.
  static func all(
    of zone: SteeredZone, _ monitor: HealthMonitor?
  ) -> [(answer: PoolAnswer, schedule: EncodedSchedule)] {
    zone.pools.concurrentMap { pool in
      let inputs = monitor.map { $0.inputs(of: pool, targets: $0.targets(of: pool, in: zone)) }
      return make(for: pool, in: zone.compiled.apex, from: inputs ?? PoolInputs(of: pool))
    }
  }
}
