/// What of a target became different.
public struct HealthChange: Equatable, Sendable {
  public struct Aspects: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Who is answered depends on it.
    public static let state = Aspects(rawValue: 1)
    /// How often it is: slow start, what the member wants of its weight. The latter at most once a second, but at
    /// once to and from none.
    public static let share = Aspects(rawValue: 2)
    /// How soon it may flip, which the answer's TTL depends on.
    public static let horizon = Aspects(rawValue: 4)
    /// Response time, connections or load became different by more than a tenth since this was last said; at most
    /// once a second. Of targets in pools that read them only, as most results bring such a change.
    public static let measurement = Aspects(rawValue: 8)
  }

  public var id: Target.ID
  public var aspects: Aspects
}
