import Health

/// Moments at which something is due, one for each of the small numbers that stand for the things. A heap in
/// which every node has four children, half as deep as one of two.
struct DeadlineHeap {
  private struct Entry {
    var moment: Moment
    var item: Int32
  }

  private var entries: [Entry] = []
  /// Of each item, its place among the entries; -1: none.
  private var places: [Int32] = []

  /// What is due first, and when.
  var first: (item: Int, moment: Moment)? {
    entries.first.map { (Int($0.item), $0.moment) }
  }

  /// Makes `item` due at `moment`, and at no other.
  ///
  /// - Parameter item: from 0; memory is taken up for all lesser numbers, too.
  mutating func set(_ item: Int, to moment: Moment) {
    if item >= places.count {
      places.append(contentsOf: repeatElement(-1, count: item + 1 - places.count))
    }
    if places[item] < 0 {
      places[item] = Int32(entries.count)
      entries.append(Entry(moment: moment, item: Int32(item)))
    } else {
      entries[Int(places[item])].moment = moment
    }
    settle(Int(places[item]))
  }

  /// Makes `item` due at no time.
  mutating func remove(_ item: Int) {
    guard item < places.count, places[item] >= 0 else { return }
    let place = Int(places[item])
    places[item] = -1
    let last = entries.removeLast()
    guard place < entries.count else { return }
    put(last, at: place)
    settle(place)
  }

  /// Makes everything due later by `duration`.
  mutating func delayAll(by duration: Duration) {
    for index in entries.indices { entries[index].moment = entries[index].moment + duration }
  }

  private mutating func put(_ entry: Entry, at place: Int) {
    entries[place] = entry
    places[Int(entry.item)] = Int32(place)
  }

  /// Moves the entry at `start` to where it belongs, up or down.
  private mutating func settle(_ start: Int) {
    let entry = entries[start]
    var place = start
    while place > 0, entry.moment < entries[(place - 1) / 4].moment {
      put(entries[(place - 1) / 4], at: place)
      place = (place - 1) / 4
    }
    while let child = firstChild(of: place), entries[child].moment < entry.moment {
      put(entries[child], at: place)
      place = child
    }
    put(entry, at: place)
  }

  /// The child that is due before the others.
  private func firstChild(of place: Int) -> Int? {
    let begin = place * 4 + 1
    let end = min(begin + 4, entries.count)
    guard begin < end else { return nil }
    var first = begin
    for child in begin + 1..<max(end, begin + 1) where entries[child].moment < entries[first].moment {
      first = child
    }
    return first
  }
}
