import Health
import TestSupport
import Testing

@testable import Probing

@Suite struct DeadlineHeapTests {
  /// Against a plain dictionary, over random changes.
  @Test func alwaysKnowsTheFirst() {
    var random = SplitMix64.random()
    var heap = DeadlineHeap()
    var model: [Int: Int64] = [:]
    for _ in 0..<20_000 {
      let item = Int.random(in: 0..<200, using: &random)
      if Int.random(in: 0..<3, using: &random) == 0 {
        heap.remove(item)
        model[item] = nil
      } else {
        let moment = Int64.random(in: 0..<100, using: &random)
        heap.set(item, to: Moment(nanoseconds: moment))
        model[item] = moment
      }
      let first = heap.first
      #expect(first?.moment.nanoseconds == model.values.min(), "seed \(random.seed)")
      if let first { #expect(model[first.item] == first.moment.nanoseconds, "seed \(random.seed)") }
    }
  }

  @Test func comesOutInOrder() {
    var random = SplitMix64.random()
    var heap = DeadlineHeap()
    for item in 0..<1_000 {
      heap.set(item, to: Moment(nanoseconds: .random(in: 0..<10_000, using: &random)))
    }
    heap.delayAll(by: .nanoseconds(10_000))
    var last = Moment(nanoseconds: 10_000)
    var count = 0
    while let first = heap.first {
      #expect(first.moment >= last, "seed \(random.seed)")
      last = first.moment
      heap.remove(first.item)
      count += 1
    }
    #expect(count == 1_000)
  }
}
