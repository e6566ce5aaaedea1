/// The addresses of a network as numbers, and a value for them.
struct AddressRange<Key: FixedWidthInteger & UnsignedInteger & Sendable> {
  let first: Key
  let last: Key
  let value: UInt32

  /// - Parameters:
  ///   - address: any of the network's.
  ///   - length: bits that the addresses share, 0...32 or 0...128.
  init(_ address: Key, length: Int, value: UInt32) {
    let hosts = Key.max >> length
    first = address & ~hosts
    last = address | hosts
    self.value = value
  }

  /// The order of a sweep: a network comes before those inside it.
  static func precedes(_ one: Self, _ two: Self) -> Bool {
    one.first != two.first ? one.first < two.first : one.last > two.last
  }
}
