internal import DNSWire
internal import Steering
internal import Zones

/// How a pool is answered, and what that follows from.
struct PoolAnswer: Sendable {
  let inputs: PoolInputs
  /// Parallel to the pool's members.
  let candidates: [Choice.Candidate]
  /// Of the schedule; 0: NODATA.
  let turns: Int
  /// Whether a stage left nobody, so that `fail` decided.
  let isFallback: Bool
  /// Of the answers, in seconds; of NODATA, at most.
  let ttl: UInt32

  /// - Returns: the answer, and its schedule for the data plane.
  static func make(
    for pool: Pool, in apex: DomainName, from inputs: PoolInputs
  ) -> (answer: PoolAnswer, schedule: EncodedSchedule) {
    let choice = pool.chooser.choose(inputs.members, client: .unknown, last: inputs.last)
    let ttl =
      choice.schedule.turns.isEmpty
      ? pool.negativeTimeToLive(horizon: inputs.horizon) : pool.timeToLive(horizon: inputs.horizon)
    let answer = PoolAnswer(
      inputs: inputs, candidates: choice.candidates, turns: choice.schedule.turns.count,
      isFallback: choice.isFallback, ttl: ttl)
    return (answer, pool.encode(choice.schedule, apex: apex, ttl: ttl))
  }
}
