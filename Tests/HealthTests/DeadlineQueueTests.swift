import TestSupport
import Testing

@testable import Health

@Test func deadlinesComeInOrder() {
  var random = SplitMix64.random()
  let seed = random.seed
  var queue = DeadlineQueue()
  var model: [Int: Moment] = [:]
  for _ in 0..<20_000 {
    let number = Int.random(in: 0..<50, using: &random)
    let moment = Bool.random(using: &random) ? Moment(nanoseconds: .random(in: 0..<100, using: &random)) : nil
    queue.set(moment, of: number)
    model[number] = moment
    if number == 0 {
      queue.delayAll(by: .nanoseconds(3))
      model = model.mapValues { $0 + .nanoseconds(3) }
    }
    guard queue.soonest == model.values.min() else {
      Issue.record("seed \(seed)")
      return
    }
    let due = queue.due(at: Moment(nanoseconds: 50))
    let expected = model.values.min().flatMap { $0.nanoseconds <= 50 ? $0 : nil }
    #expect(due.flatMap { model[$0] } == expected, "seed \(seed)")
  }
}
