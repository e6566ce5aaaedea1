/// Records by what they are about, in the order of the first of each.
struct RecordGroups<Name: Hashable> {
  /// Indices of the records, at least one for each name.
  private(set) var all: [(name: Name, records: [Int])] = []
  private var places: [Name: Int] = [:]

  /// Adds a record about `name`, which is told from others by `key`.
  mutating func add(_ record: Int, of name: Name, by key: Name) {
    if let place = places[key] {
      all[place].records.append(record)
    } else {
      places[key] = all.count
      all.append((name, [record]))
    }
  }
}
