/// A value for every address of a family, as runs of neighbours that have the same one.
///
/// `Key` is an address as a number: `UInt32` for IPv4, `UInt128` for IPv6.
struct AddressRuns<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Equatable, Sendable {
  /// The first address of each run, ascending. The first run begins at 0.
  private(set) var starts: [Key]
  /// Parallel to `starts`; neighbours differ.
  private(set) var values: [UInt32]

  /// All addresses have `value`.
  init(_ value: UInt32) {
    starts = [0]
    values = [value]
  }

  /// Takes each address's value from the smallest range that it is in; of equal ranges, from the last.
  ///
  /// - Parameters:
  ///   - ranges: of networks, in any order.
  ///   - outside: the value of addresses that are in none.
  init(_ ranges: [AddressRange<Key>], outside: UInt32) {
    self.init(outside)
    starts.reserveCapacity(ranges.count)
    values.reserveCapacity(ranges.count)
    // The ranges that the sweep is in, each inside the one before.
    var open: [AddressRange<Key>] = []
    for range in ranges.sorted(by: AddressRange.precedes) {
      while let inner = open.last, inner.last < range.first {
        leave(&open, outside)
      }
      open.append(range)
      append(range.value, from: range.first)
    }
    while !open.isEmpty { leave(&open, outside) }
  }

  // Leaves the innermost range for the one that it is in.
  private mutating func leave(_ open: inout [AddressRange<Key>], _ outside: UInt32) {
    let inner = open.removeLast()
    if inner.last < Key.max { append(open.last?.value ?? outside, from: inner.last + 1) }
  }

  /// Gives `value` to the addresses from `start` on.
  ///
  /// - Parameter start: not before the last run's.
  mutating func append(_ value: UInt32, from start: Key) {
    let last = starts.count - 1
    if starts[last] == start {
      values[last] = value
      if last > 0, values[last - 1] == value {
        starts.removeLast()
        values.removeLast()
      }
    } else if values[last] != value {
      starts.append(start)
      values.append(value)
    }
  }

  /// The value of an address.
  subscript(_ address: Key) -> UInt32 {
    // The run is the last that begins at or before the address.
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle } else { high = middle }
    }
    return values[low]
  }

  /// Gives each address what `transform` makes of its value.
  func mapped(_ transform: (UInt32) -> UInt32) -> Self {
    var mapped = Self(transform(values[0]))
    for run in starts.indices.dropFirst() { mapped.append(transform(values[run]), from: starts[run]) }
    return mapped
  }

  /// Gives each address what `combine` makes of its values here and in `other`.
  func merged(with other: Self, _ combine: (UInt32, UInt32) -> UInt32) -> Self {
    var merged = Self(combine(values[0], other.values[0]))
    merged.starts.reserveCapacity(max(starts.count, other.starts.count))
    merged.values.reserveCapacity(max(starts.count, other.starts.count))
    var mine = 1
    var others = 1
    while mine < starts.count || others < other.starts.count {
      let isMine =
        others == other.starts.count || (mine < starts.count && starts[mine] <= other.starts[others])
      let start = isMine ? starts[mine] : other.starts[others]
      if isMine { mine += 1 }
      if others < other.starts.count, other.starts[others] == start { others += 1 }
      merged.append(combine(values[mine - 1], other.values[others - 1]), from: start)
    }
    return merged
  }
}
