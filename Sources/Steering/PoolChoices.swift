/// What a pool comes to for all of its clients.
public struct PoolChoices: Sendable {
  /// For clients of whom nothing is known.
  public let choice: Choice
  /// The different schedules, the first being that of `choice`.
  public let schedules: [Schedule]
  /// The schedule of each class of clients, by number.
  let numbers: [Int]
  /// The members that are answered to clients of whom stages left somebody, ascending.
  public let answered: [Int]

  /// The schedule of a class of clients, as an index; classes that the pool does not know of are of unknown clients.
  public func schedule(ofClass number: Int) -> Int { number < numbers.count ? numbers[number] : 0 }
}

extension Pool {
  /// Chooses for all clients.
  ///
  /// - Parameters:
  ///   - inputs: parallel to the members; nothing is known of members that it is too short for.
  ///   - last: who was answered when members were last left by every stage, for `fail=last`.
  public func choose(_ inputs: [MemberInput], last: Set<Member.Identity> = []) -> PoolChoices {
    let choice = chooser.choose(inputs, client: clients.groups[0], last: last)
    guard clients.groups.count > 1 else {
      return PoolChoices(
        choice: choice, schedules: [choice.schedule], numbers: clients.numbers,
        answered: choice.isFallback ? [] : choice.answered)
    }
    let (schedules, numbers, answered) = chooser.schedules(inputs, clients: clients.groups, last: last)
    return PoolChoices(
      choice: choice, schedules: schedules, numbers: clients.numbers.map { numbers[$0] }, answered: answered)
  }
}
