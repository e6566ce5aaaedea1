internal import Locations

/// The order in which a zone's locations come for clients.
///
/// First comes the location whose own the clients are by network, then those to which times were measured, the soonest
/// first. Then come the locations whose own the clients are by country and by continent, where the location has no
/// coordinates or the clients' are not known. Then those with coordinates, the nearest first; of equally near ones, the
/// first by name.
///
/// Clients of a location's own network are where the location is: what a database says of them does not count, unless
/// the location has no coordinates. Clients whose coordinates are not known are where the first of their own locations
/// is.
struct LocationRanking: Sendable {
  let locations: [LocationDefinition]
  private let coordinates: [Coordinates?]
  private let byName: [String: Int]
  private let byCountry: [String: Int]
  private let byContinent: [String: Int]
  /// Indices of the locations whose distance matters, by name.
  private let placed: [Int]

  /// - Parameter near: names of the locations whose distance matters; nil: of all that have coordinates.
  init(_ locations: [LocationDefinition], near: Set<String>? = nil) {
    self.locations = locations
    coordinates = locations.map { location in
      guard let latitude = location.latitude, let longitude = location.longitude else { return nil }
      return Coordinates(latitude: latitude, longitude: longitude)
    }
    byName = Self.index(locations) { [$0.name] }
    byCountry = Self.index(locations, \.countries)
    byContinent = Self.index(locations, \.continents)
    placed = locations.indices
      .filter { [coordinates] in coordinates[$0] != nil && near?.contains(locations[$0].name) ?? true }
      .sorted { locations[$0].name < locations[$1].name }
  }

  private static func index(
    _ locations: [LocationDefinition], _ codes: (LocationDefinition) -> [String]
  ) -> [String: Int] {
    let pairs = locations.enumerated().flatMap { index, location in codes(location).map { ($0, index) } }
    return Dictionary(pairs) { first, _ in first }
  }

  /// Whether it matters what a database says of clients of the location's own network.
  func heedsPlace(ofOwner owner: Int) -> Bool { coordinates[owner] == nil }

  /// What is known of clients, from the location that owns their network and from a database.
  ///
  /// - Parameter measured: the locations to which times were measured, the soonest first.
  func standing(owner: Int?, measured: [Int] = [], place: Place) -> ClientStanding {
    let place = owner.map { heedsPlace(ofOwner: $0) } ?? true ? place : .unknown
    let areas = [place.country.flatMap { byCountry[$0] }, place.continent.flatMap { byContinent[$0] }]
      .compactMap(\.self)
    let own = areas.filter { coordinates[$0] == nil || place.coordinates == nil }
    let origin =
      owner.flatMap { coordinates[$0] } ?? place.coordinates ?? own.lazy.compactMap { coordinates[$0] }.first
    let first = [owner].compactMap(\.self) + measured.filter { $0 != owner }
    var standing = ClientStanding(owner: owner ?? areas.first, first: first, own: [], origin: origin)
    for area in own where !standing.order.contains(area) { standing.own.append(area) }
    if let origin { standing.distances = distances(from: origin, but: standing.order) }
    return standing
  }

  /// The location of that name; nil: the zone has none.
  func index(of name: String) -> Int? { byName[name] }

  /// Clients at a location; nil: nothing is known of them.
  func client(at name: String?) -> ClientClass {
    guard let index = locations.firstIndex(where: { $0.name == name }) else { return .unknown }
    let order = standing(owner: index, place: .unknown).order
    return ClientClass(nearest: order.map { locations[$0].name }, owner: name)
  }

  /// The way from a place to a location, in metres; nil: it is not known where one of them is.
  func distance(of location: Int, from origin: Coordinates?) -> Int? {
    guard let origin, let place = coordinates[location] else { return nil }
    return origin.distance(to: place)
  }

  private func distances(from origin: Coordinates, but own: [Int]) -> [(location: Int, metres: Int)] {
    placed.compactMap { index in
      guard !own.contains(index), let place = coordinates[index] else { return nil }
      return (index, origin.distance(to: place))
    }
    .sorted { $0.metres < $1.metres }
  }
}
