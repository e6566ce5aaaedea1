/// Takes the places of all addresses out of a database, each network and each place once.
struct DatabaseWalk: ~Copyable {
  private(set) var places = [Place.unknown]
  private(set) var v4 = AddressRuns<UInt32>(0)
  private(set) var v6 = AddressRuns<UInt128>(0)

  private let reader: DatabaseReader
  private var numbers: [Place: UInt32] = [.unknown: 0]
  /// By where the data are.
  private var known: [UInt32: UInt32] = [:]
  private var visited: [Bool]
  /// The root of the IPv4 addresses.
  private var rootOfV4: UInt32?

  init(_ reader: consuming DatabaseReader) throws(LocationDatabaseError) {
    visited = Array(repeating: false, count: reader.nodeCount)
    let width = reader.width
    self.reader = reader
    if width == 32 {
      try walkV4(.node(0), 0, 0)
    } else {
      try walkV6(.node(0), 0, 0)
    }
  }

  var type: String { reader.type }
  var built: UInt64 { reader.built }

  // The addresses that begin with the first `depth` bits of `first`. IPv4 addresses are those with 96 zeros first
  // (MaxMind DB, "IPv4 addresses in an IPv6 tree"). What else leads to them are their aliases (IPv4-mapped, 6to4,
  // Teredo), which are passed over.
  private mutating func walkV6(
    _ record: DatabaseReader.Record, _ first: UInt128, _ depth: Int
  ) throws(LocationDatabaseError) {
    if first == 0, depth == 96 {
      if case .node(let number) = record { rootOfV4 = number }
      try walkV4(record, 0, 0)
      return
    }
    switch record {
    case .empty: v6.append(0, from: first)
    case .data(let offset):
      let place = try place(at: offset)
      if first == 0 {
        // All IPv4 addresses are in one network with others.
        v4.append(place, from: 0)
        v6.append(0, from: 0)
        v6.append(place, from: 1 << 32)
      } else {
        v6.append(place, from: first)
      }
    case .node(rootOfV4): v6.append(0, from: first)
    case .node(let number):
      try visit(number, depth < 128)
      let (left, right) = try reader.node(number)
      try walkV6(left, first, depth + 1)
      try walkV6(right, first | 1 << UInt128(127 - depth), depth + 1)
    }
  }

  private mutating func walkV4(
    _ record: DatabaseReader.Record, _ first: UInt32, _ depth: Int
  ) throws(LocationDatabaseError) {
    switch record {
    case .empty: v4.append(0, from: first)
    case .data(let offset): v4.append(try place(at: offset), from: first)
    case .node(let number):
      try visit(number, depth < 32)
      let (left, right) = try reader.node(number)
      try walkV4(left, first, depth + 1)
      try walkV4(right, first | 1 << UInt32(31 - depth), depth + 1)
    }
  }

  // A tree has each of its nodes in one place, and none below the last bit.
  private mutating func visit(_ number: UInt32, _ isInside: Bool) throws(LocationDatabaseError) {
    guard isInside, number < visited.count, !visited[Int(number)] else { throw .damaged }
    visited[Int(number)] = true
  }

  private mutating func place(at offset: UInt32) throws(LocationDatabaseError) -> UInt32 {
    if let number = known[offset] { return number }
    let place = try reader.place(at: offset)
    let number = numbers[place] ?? UInt32(places.count)
    if number == places.count {
      places.append(place)
      numbers[place] = number
    }
    known[offset] = number
    return number
  }
}

extension LocationDatabase {
  /// Reads a MaxMind DB file, whole.
  ///
  /// The file is copied to memory first: others may write to it or cut it short at any time, and the library would end
  /// the process when what it maps is gone.
  public convenience init(file: String) throws(LocationDatabaseError) {
    let copy = try MemoryFile(copying: file)
    let hash = copy.contentHash
    let walk = try DatabaseWalk(DatabaseReader(copy))
    guard walk.places.count > 1 else { throw .noPlaces(type: walk.type) }
    self.init(
      places: walk.places, table: AddressTable(v4: walk.v4, v6: walk.v6), type: walk.type, built: walk.built,
      contentHash: hash)
  }
}
