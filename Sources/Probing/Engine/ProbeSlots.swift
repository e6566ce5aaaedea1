/// The probes that run, each in a numbered slot. A token names a slot and which of those that have had it.
struct ProbeSlots {
  private var probes: [RunningProbe?] = []
  private var generations: [UInt32] = []
  private var free: [Int32] = []

  /// - Returns: the slot's number, from 0.
  mutating func insert(_ probe: RunningProbe) -> Int {
    if let slot = free.popLast() {
      probes[Int(slot)] = probe
      return Int(slot)
    }
    probes.append(probe)
    generations.append(0)
    return probes.count - 1
  }

  mutating func remove(_ slot: Int) {
    probes[slot] = nil
    generations[slot] &+= 1
    free.append(Int32(slot))
  }

  /// The probe in a slot that has one.
  subscript(slot: Int) -> RunningProbe {
    get { probes[slot]! }
    _modify { yield &probes[slot]! }
  }

  var all: [RunningProbe] { probes.compactMap { $0 } }

  func token(of slot: Int) -> UInt64 { UInt64(generations[slot]) << 32 | UInt64(slot) }

  /// The slot that a token names; nil: its probe has ended.
  func slot(of token: UInt64) -> Int? {
    let slot = Int(token & 0xffff_ffff)
    guard slot < probes.count, probes[slot] != nil, generations[slot] == UInt32(token >> 32) else {
      return nil
    }
    return slot
  }
}
