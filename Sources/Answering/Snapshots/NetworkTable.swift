import DNSWire
import Zones

/// A short list of networks, gone through one by one.
///
/// | offset in an entry | octets | what |
/// |---|---|---|
/// | 0 | 8 | family of its addresses |
/// | 8 | 16 | their first bits, as the two halves of an `IPAddress`, with zeros after them |
/// | 24 | 16 | which bits those are |
struct NetworkTable: Sendable {
  private static var entrySize: Int { 40 }

  private let entries: ArenaView

  /// - Parameter entries: what `encode` gave.
  init(_ entries: ArenaView) { self.entries = entries }

  /// In the machine's byte order.
  static func encode(_ networks: [IPNetwork]) -> [UInt8] {
    networks.flatMap { network in
      let first = network.canonical.address
      let isFour = first.family == .v4
      let mask = IPAddress(v6High: .max, low: .max).prefix(network.length)
      let words = [
        UInt64(first.family.rawValue), first.high, first.low, isFour ? 0 : mask.high,
        isFour ? mask.high >> 32 : mask.low,
      ]
      return words.flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word.littleEndian >> UInt64($0 * 8)) }
      }
    }
  }

  @_noAllocation @_noLocks
  func contains(_ address: IPAddress) -> Bool {
    var entry = 0
    while entry < entries.count {
      if entries.uint64(at: entry) == UInt64(address.family.rawValue),
        address.high & entries.uint64(at: entry &+ 24) == entries.uint64(at: entry &+ 8),
        address.low & entries.uint64(at: entry &+ 32) == entries.uint64(at: entry &+ 16)
      {
        return true
      }
      entry &+= Self.entrySize
    }
    return false
  }
}
