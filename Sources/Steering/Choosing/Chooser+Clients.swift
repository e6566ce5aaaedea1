extension Chooser {
  /// Schedules for several classes of clients: those that the stages come to the same for have one.
  ///
  /// - Returns: the different schedules, which of them each class has, and the members answered to classes of which
  ///   stages left somebody, ascending.
  func schedules(
    _ inputs: [MemberInput], clients: [ClientClass], last: Set<Member.Identity>
  ) -> (schedules: [Schedule], numbers: [Int], answered: [Int]) {
    var schedules: [Schedule] = []
    var known: [Selection.Outcome: Int] = [:]
    var isAnswered = members.map { _ in false }
    let numbers = clients.map { client in
      var selection = select(inputs, client: client, last: last)
      let outcome = selection.outcome
      if let number = known[outcome] { return number }
      known[outcome] = schedules.count
      schedules.append(selection.finish(order))
      if !selection.isFallback {
        for index in members.indices where selection.fates[index] == .kept { isAnswered[index] = true }
      }
      return schedules.count - 1
    }
    return (schedules, numbers, isAnswered.indices.filter { isAnswered[$0] })
  }
}

extension Selection {
  /// What the final order depends on; numbers are parallel to `left`.
  struct Outcome: Hashable {
    var left: [Int]
    var weights: [UInt64]
    var capacities: [Double]
    var preferences: [Double]
    var isFallback: Bool
  }

  var outcome: Outcome {
    Outcome(
      left: left, weights: left.map { weights[$0] }, capacities: left.map { capacities[$0] },
      preferences: left.map { preferences[$0] }, isFallback: isFallback)
  }
}
