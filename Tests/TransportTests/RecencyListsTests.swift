import Testing

@testable import Transport

@Suite struct RecencyListsTests {
  /// The slots of a list, in order.
  private func slots(_ lists: borrowing RecencyLists, of list: Int) -> [Int] {
    var slots: [Int] = []
    var next = lists.first(of: list)
    while let slot = next {
      slots.append(slot)
      next = lists.slot(after: slot)
    }
    return slots
  }

  /// Against plain arrays, with random steps.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func keepsTheOrder(seed: UInt64) throws {
    var lists = try RecencyLists(lists: 3, slots: 20)
    var model: [[Int]] = [[], [], []]
    var state = seed
    for _ in 0..<5000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let slot = Int(state >> 33) % 20
      let list = Int(state >> 45) % 3
      if let home = model.firstIndex(where: { $0.contains(slot) }) {
        if state >> 60 & 1 == 0 {
          lists.refresh(slot, in: home)
          model[home].removeAll { $0 == slot }
          model[home].append(slot)
        } else {
          lists.remove(slot, from: home)
          model[home].removeAll { $0 == slot }
        }
      } else {
        lists.append(slot, to: list)
        model[list].append(slot)
      }
      for list in 0..<3 { #expect(slots(lists, of: list) == model[list]) }
    }
  }
}
