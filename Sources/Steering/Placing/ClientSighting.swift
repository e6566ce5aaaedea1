public import Locations

/// Where a client is, as a zone sees it.
public struct ClientSighting: Equatable, Sendable {
  /// A location as the client sees it.
  public struct Location: Equatable, Sendable {
    public var name: String
    /// Whether the client is one of its own, so that it comes before others whatever the distance.
    public var isOwn: Bool
    /// How soon it answers the client's network, in microseconds; nil: nobody has measured that.
    public var time: Int?
    /// How far it is, in metres; nil: that is not known.
    public var distance: Int?
  }

  /// The location that owns the client's network, by an APL record.
  public var networkOwner: String?
  /// The location that owns the client: that one, or by country or continent.
  public var owner: String?
  /// What the database says of the client.
  public var place: Place
  /// Where distances are taken from; nil: nowhere.
  public var origin: Coordinates?
  /// In the client's order.
  public var locations: [Location]
  /// How many bits of the address all of that depends on, as far as policies ask for it.
  public var scope: Int
  /// The number of the client's class.
  public var number: Int
}
