/// Numbers rows of numbers: each different one by the order in which it first comes, from 0.
///
/// A hash table with open addressing, several times as fast as a dictionary of arrays.
struct RowNumbers {
  let width: Int
  private(set) var count = 0
  /// The different rows, one after the other.
  private var values: [UInt32] = []
  /// Numbers of rows, plus 1; 0 where there is none.
  private var slots: [UInt32]

  /// - Parameters:
  ///   - width: the length of each row.
  ///   - limit: how many different rows there may be, from 1.
  init(width: Int, limit: Int) {
    self.width = width
    slots = Array(repeating: 0, count: 4 << (Int.bitWidth - 1 - limit.leadingZeroBitCount))
  }

  /// The different rows, by number.
  var rows: [ArraySlice<UInt32>] { (0..<count).map { values[$0 * width..<($0 + 1) * width] } }

  mutating func number(of row: ArraySlice<UInt32>) -> UInt32 {
    var mixer = Mixer(seed: 0)
    for value in row { mixer.add(UInt64(value)) }
    var slot = Int(truncatingIfNeeded: mixer.value) & (slots.count - 1)
    while slots[slot] > 0 {
      let start = Int(slots[slot] - 1) * width
      if values[start..<start + width].elementsEqual(row) { return slots[slot] - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    values.append(contentsOf: row)
    count += 1
    slots[slot] = UInt32(count)
    return slots[slot] - 1
  }
}
