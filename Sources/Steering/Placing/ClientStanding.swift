internal import Locations

/// How clients stand to a zone's locations, which are indices.
struct ClientStanding {
  /// The location that owns the clients.
  var owner: Int?
  /// The location that owns their network, which comes first, and those to which times are measured, the soonest
  /// first.
  var first: [Int]
  /// Other locations whose own they are, which come before those by distance.
  var own: [Int]
  /// Where distances are taken from.
  var origin: Coordinates?
  /// Of the other locations that have coordinates, the nearest first.
  var distances: [(location: Int, metres: Int)] = []

  /// The locations in their order; those of which nothing is known are left out.
  var order: [Int] { first + own + distances.map(\.location) }
}
