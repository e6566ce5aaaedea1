/// Sorts orders of locations, each with an owner, into classes that agree in as many first places as can be told apart
/// in a bounded number of classes.
struct OrderPartition {
  /// The class of each order, by number; the first order's is 0.
  private(set) var numbers: [UInt32] = []
  /// How many places of the orders tell classes apart.
  private(set) var length = 0

  private let depth: Int
  /// `depth` places for each order; -1: there are no more.
  private var places: [Int32] = []
  private var owners: [Int32] = []

  /// - Parameter depth: how many places are looked at, at most.
  init(depth: Int) {
    self.depth = depth
  }

  mutating func add(_ order: [Int], owner: Int?) {
    for place in 0..<depth { places.append(place < order.count ? Int32(order[place]) : -1) }
    owners.append(Int32(owner ?? -1))
    numbers.append(0)
  }

  /// Tells orders apart by owner and first place; then by place after place, as long as that makes no more classes
  /// than `limit`.
  mutating func refine(limit: Int) {
    _ = split(by: owners, atMost: .max)
    while length < depth {
      let next = numbers.indices.map { places[$0 * depth + length] }
      guard split(by: next, atMost: length == 0 ? .max : limit) else { return }
      length += 1
    }
  }

  // Splits each class by the orders' keys. Returns whether there are not too many then; else all stays.
  private mutating func split(by keys: [Int32], atMost limit: Int) -> Bool {
    var split: [UInt64: UInt32] = [:]
    var refined = numbers
    for index in numbers.indices {
      let pair = UInt64(numbers[index]) << 32 | UInt64(UInt32(bitPattern: keys[index]))
      if let number = split[pair] {
        refined[index] = number
      } else {
        guard split.count < limit else { return false }
        refined[index] = UInt32(split.count)
        split[pair] = UInt32(split.count)
      }
    }
    numbers = refined
    return true
  }

  /// What the members of each class have in common, by number.
  var classes: [(order: [Int], owner: Int?)] {
    var classes: [(order: [Int], owner: Int?)] = []
    for (index, number) in numbers.enumerated() where number == classes.count {
      let order = places[index * depth..<index * depth + length].filter { $0 >= 0 }.map { Int($0) }
      classes.append((order, owners[index] < 0 ? nil : Int(owners[index])))
    }
    return classes
  }
}
