/// Things by number, sorted into classes that are split finer and finer.
struct OrderPartition {
  /// The class of each thing, by number; the first thing's is 0.
  private(set) var numbers: [UInt32]
  private(set) var classCount = 1

  /// All are of one class.
  init(count: Int) {
    numbers = Array(repeating: 0, count: count)
  }

  /// Splits each class by the things' keys.
  ///
  /// - Returns: whether there are at most `limit` classes then; if not, all stays as it was.
  mutating func split(by keys: [Int32], atMost limit: Int) -> Bool {
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
    classCount = max(1, split.count)
    return true
  }

  /// The first thing of each class.
  var representatives: [Int] {
    var first: [Int] = []
    for (index, number) in numbers.enumerated() where number == first.count { first.append(index) }
    return first
  }
}
