public import DNSWire
public import Steering

/// What operators want of members. For each scope there is at most one order about its state and one about its
/// weight. One for a member of a name goes before one for the member everywhere.
public struct Overrides: Equatable, Sendable {
  /// There are that many already; without a bound, a script could fill the memory.
  public struct Full: Error, Equatable, CustomStringConvertible {
    public var description: String {
      "\(Overrides.limit) members are overridden already; take some back with auto"
    }
  }

  /// How many there may be.
  public static let limit = 10_000

  private var states: [Override.Scope: Override] = [:]
  private var weights: [Override.Scope: Override] = [:]

  public init() {}

  public var isEmpty: Bool { states.isEmpty && weights.isEmpty }

  /// All, the oldest first.
  public var all: [Override] {
    (Array(states.values) + Array(weights.values)).sorted {
      ($0.since, $0.scope.description, $0.isWeight ? 1 : 0)
        < ($1.since, $1.scope.description, $1.isWeight ? 1 : 0)
    }
  }

  // MARK: What operators do

  /// Puts an order in force, in place of one of the same kind for the same scope.
  public mutating func set(_ override: Override) throws(Full) {
    let old = override.isWeight ? weights[override.scope] : states[override.scope]
    guard old != nil || states.count + weights.count < Self.limit else { throw Full() }
    if override.isWeight { weights[override.scope] = override } else { states[override.scope] = override }
  }

  /// Takes back what is ordered for exactly that scope, and returns it.
  public mutating func remove(_ scope: Override.Scope) -> [Override] {
    [states.removeValue(forKey: scope), weights.removeValue(forKey: scope)].compactMap(\.self)
  }

  /// When `expire(at:)` has something to do next.
  public var nextExpiry: WallTime? {
    let ends = states.values.compactMap(\.expiry) + weights.values.compactMap(\.expiry)
    return ends.min()
  }

  /// Takes back what does not hold any more, and returns it.
  public mutating func expire(at time: WallTime) -> [Override] {
    guard let nextExpiry, nextExpiry <= time else { return [] }
    let expired = all.filter { $0.expiry.map { $0 <= time } ?? false }
    for override in expired {
      if override.isWeight { weights[override.scope] = nil } else { states[override.scope] = nil }
    }
    return expired
  }

  // MARK: What holds

  /// The order about the state of a member of the policy of `owner`, if there is one.
  public func state(of member: Member.Identity, at owner: DomainName) -> Override? {
    Self.find(member, owner, in: states)
  }

  /// The order about its weight.
  public func weight(of member: Member.Identity, at owner: DomainName) -> Override? {
    Self.find(member, owner, in: weights)
  }

  /// What the policy of `owner` is to know of a member whose health, if it is checked, says `measured`.
  public func input(
    of member: Member.Identity, at owner: DomainName, measured: MemberInput = MemberInput()
  ) -> MemberInput {
    var input = measured
    switch state(of: member, at: owner)?.order {
    case .drain: input.weightFactor = 0
    case .down: input.state = .down
    case .up:
      input.state = .up
      input.weightFactor = 1
    case .weight, nil: break
    }
    if case .weight(let weight)? = self.weight(of: member, at: owner)?.order { input.weight = weight }
    return input
  }

  private static func find(
    _ member: Member.Identity, _ owner: DomainName, in orders: [Override.Scope: Override]
  ) -> Override? {
    guard !orders.isEmpty else { return nil }
    return orders[Override.Scope(member, of: owner)] ?? orders[Override.Scope(member)]
  }
}
