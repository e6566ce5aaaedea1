internal import Health
internal import Steering

/// All that is known of a member, for people.
struct MemberKnowledge: Sendable {
  /// What its policy goes by.
  let input: MemberInput
  /// Nil: no check looks after it.
  let health: TargetHealth?
  /// Of its check; nil: no check looks after it.
  let results: ReasonCounts?
  /// What operators have ordered: at most one order about the state, and one about the weight.
  let orders: [Override]
}
