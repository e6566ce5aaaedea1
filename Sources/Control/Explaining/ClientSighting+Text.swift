internal import DNSWire
internal import Locations
internal import Steering

extension ClientSighting {
  /// Where the client is, in a sentence's part.
  var whereabouts: String {
    let count = locations.count { $0.time != nil }
    let parts = [
      networkOwner.map { "its network is of \($0)" } ?? known.map { "the database has it \($0)" },
      count > 0 ? "the table has its \(count == 1 ? "time" : "times") to \(count.counted("location"))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? "nothing is known of where it is" : parts.joined(separator: "; ")
  }

  /// What the database says; nil: nothing.
  private var known: String? {
    let areas = [place.country, place.continent].compactMap(\.self).joined(separator: ", ")
    guard let coordinates = place.coordinates else { return areas.isEmpty ? nil : "in \(areas)" }
    return "at \(coordinates)" + (areas.isEmpty ? "" : " (\(areas))")
  }

  /// The locations in the client's order.
  var order: String? {
    let texts = locations.map { location in
      let time = location.time.map { " \((Double($0) / 1000).shown)ms" } ?? ""
      let distance = location.distance.map { " \(($0 + 500) / 1000)km" } ?? ""
      return location.name + time + distance + (location.isOwn ? " (its own)" : "")
    }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  /// The network of all clients of which the same is known.
  func leaf(of client: ClientNetwork) -> ClientNetwork {
    ClientNetwork(client.address, length: scope).canonical
  }

  var json: JSON {
    .object([
      ("network-of", JSON(networkOwner)), ("country", JSON(place.country)),
      ("continent", JSON(place.continent)),
      ("latitude", place.coordinates.map { .real($0.latitude) } ?? .null),
      ("longitude", place.coordinates.map { .real($0.longitude) } ?? .null), ("scope", .number(scope)),
      (
        "locations",
        .array(
          locations.map { location in
            .object([
              ("name", .string(location.name)), ("own", .boolean(location.isOwn)),
              ("milliseconds", JSON(location.time.map { Double($0) / 1000 })),
              ("metres", JSON(location.distance)),
            ])
          })
      ),
    ])
  }
}
