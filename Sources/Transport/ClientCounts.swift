// Unsafe file. A handle to memory that `ClientCountsStorage` owns, which outlives the workers. Every word
// is an atomic; indices come from a mask that is below their number.

internal import DNSWire
internal import Synchronization

/// How many connections there are in all, and of each client, over all TCP workers.
///
/// Clients are told apart by a hash, so that a table of fixed size does for all of them. Two that meet in
/// one place share its limit: rare, and only ever too strict. The hash is seeded, or else one could find
/// addresses that meet a given client's.
@safe
struct ClientCounts: @unchecked Sendable {
  private let total: UnsafeMutablePointer<Atomic<Int>>
  private let counts: UnsafeMutablePointer<Atomic<Int>>
  private let mask: UInt64
  private let seed: UInt64

  @unsafe
  init(
    total: UnsafeMutablePointer<Atomic<Int>>, counts: UnsafeMutablePointer<Atomic<Int>>, mask: UInt64,
    seed: UInt64
  ) {
    unsafe self.total = total
    unsafe self.counts = counts
    self.mask = mask
    self.seed = seed
  }

  /// The place of a client: an IPv4 address, or an IPv6 /64.
  @_noAllocation @_noLocks
  func index(of client: IPAddress) -> Int {
    // An IPv6 network and an IPv4 address of the same bits may meet like any others.
    let key = client.family == .v4 ? client.low : client.high
    // Mixed once, neighbours meet too often with some seeds.
    let mixed = Self.mix(Self.mix(key ^ seed, Self.factor), Self.factor ^ (seed << 1))
    return Int(truncatingIfNeeded: mixed & mask)
  }

  /// 2 to the 64th by the golden ratio, whose bits follow no pattern.
  private static var factor: UInt64 { 0x9e37_79b9_7f4a_7c15 }

  @_noAllocation @_noLocks
  private static func mix(_ word: UInt64, _ factor: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }

  /// Counts a connection. Returns how many there are now, in all and of the client.
  @_noAllocation @_noLocks
  func add(at index: Int) -> (total: Int, client: Int) {
    precondition(index >= 0 && UInt64(index) <= mask)
    let all = unsafe total.pointee.wrappingAdd(1, ordering: .relaxed).newValue
    let client = unsafe (counts + index).pointee.wrappingAdd(1, ordering: .relaxed).newValue
    return (all, client)
  }

  @_noAllocation @_noLocks
  func remove(at index: Int) {
    precondition(index >= 0 && UInt64(index) <= mask)
    _ = unsafe total.pointee.wrappingSubtract(1, ordering: .relaxed)
    _ = unsafe (counts + index).pointee.wrappingSubtract(1, ordering: .relaxed)
  }

  /// Connections in all.
  var connections: Int { unsafe total.pointee.load(ordering: .relaxed) }
}
