/// What all clients that are answered alike have in common: where they are, as seen from the zone's locations.
public struct ClientClass: Hashable, Sendable {
  /// Names of the zone's locations, the nearest first; those whose distance is not known are left out. Empty:
  /// nothing is known of where the clients are.
  public var nearest: [String]
  /// The location that owns the clients' network.
  public var owner: String?

  public init(nearest: [String] = [], owner: String? = nil) {
    self.nearest = nearest
    self.owner = owner
  }

  /// Of clients that nothing is known about.
  public static var unknown: ClientClass { ClientClass() }
}
