internal import Locations

/// The times that count, as a walk goes into networks and out of them: those of a network, and of the networks around it
/// what it has no own times of.
struct MeasuredWalk {
  private struct Entry {
    var time: Int
    var location: Int
    var name: String

    func precedes(_ other: Entry) -> Bool { (time, name) < (other.time, other.name) }
  }

  private let locations: [LocationDefinition]
  /// By location.
  private var times: [Int?]
  /// The soonest first; of equal times, the first by name.
  private var entries: [Entry] = []
  /// The times that networks have put others in place of, the innermost network's last.
  private var replaced: [(location: Int, time: Int?)] = []
  /// The networks that the walk is in, and how much had been replaced before each.
  private var open: [(row: Int, replaced: Int)] = []

  /// - Parameter locations: of the zone.
  init(_ locations: [LocationDefinition]) {
    self.locations = locations
    times = Array(repeating: nil, count: locations.count)
  }

  /// Locations, the soonest first.
  var order: some Sequence<Int> { entries.lazy.map(\.location) }

  /// Goes out of networks, as far as needed, and into one.
  ///
  /// - Parameters:
  ///   - row: the number of the network.
  ///   - wider: that of the network around it, which the walk is in; 0: none.
  ///   - own: the network's own times.
  mutating func enter(_ row: Int, inside wider: Int, _ own: [(location: Int, time: Int)]) {
    while let last = open.last, last.row != wider {
      while replaced.count > last.replaced {
        let (location, time) = replaced.removeLast()
        put(time, to: location)
      }
      open.removeLast()
    }
    open.append((row, replaced.count))
    for (location, time) in own {
      replaced.append((location, times[location]))
      put(time, to: location)
    }
  }

  private mutating func put(_ time: Int?, to location: Int) {
    let name = locations[location].name
    if let old = times[location] {
      entries.remove(at: place(of: Entry(time: old, location: location, name: name)))
    }
    if let time {
      let entry = Entry(time: time, location: location, name: name)
      entries.insert(entry, at: place(of: entry))
    }
    times[location] = time
  }

  /// Where an entry is or belongs.
  private func place(of entry: Entry) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].precedes(entry) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
