internal import Locations

/// How clients stand to a zone's locations, which are indices.
struct ClientStanding {
  /// The location that owns the clients.
  var owner: Int?
  /// The locations that come first for them whatever the distance.
  var own: [Int]
  /// Where distances are taken from.
  var origin: Coordinates?
  /// Of the other locations that have coordinates, the nearest first.
  var distances: [(location: Int, metres: Int)] = []

  /// The locations in their order; those of which nothing is known are left out.
  var order: [Int] { own + distances.map(\.location) }
}
