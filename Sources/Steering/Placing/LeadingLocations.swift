/// Which of the locations in an order matter: those that are among the first few of any of the sets that policies choose
/// among.
struct LeadingLocations {
  /// As many of each set.
  let count: Int
  /// By location, as indices.
  private let setsOf: [[Int]]
  /// How many locations are in each set.
  private let sizes: [Int]

  init(_ locations: [LocationDefinition], _ use: LocationUse) {
    count = max(ClientClasses.places, use.count)
    setsOf = locations.map { location in
      use.sets.indices.filter { use.sets[$0].contains(location.name) }
    }
    sizes = use.sets.map(\.count)
  }

  /// Those of an order, in the same order.
  func of(_ order: some Sequence<Int>) -> [Int32] {
    var leading: [Int32] = []
    var left = sizes.map { min($0, count) }
    var open = left.count
    for location in order {
      if open == 0 { break }
      var isLeading = false
      for set in setsOf[location] where left[set] > 0 {
        isLeading = true
        left[set] -= 1
        if left[set] == 0 { open -= 1 }
      }
      if isLeading { leading.append(Int32(location)) }
    }
    return leading
  }
}
