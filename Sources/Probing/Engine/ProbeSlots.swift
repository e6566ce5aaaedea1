/// The probes that run, each in a numbered slot. A token names a slot and which of those that have had it.
struct ProbeSlots {
  private var probes: [RunningProbe?] = []
  private var generations: [UInt32] = []
  private var free: [Int32] = []

  mutating func insert(_ probe: RunningProbe) {
    if let slot = free.popLast() {
      probe.slot = Int(slot)
      probes[probe.slot] = probe
    } else {
      probe.slot = probes.count
      probes.append(probe)
      generations.append(0)
    }
  }

  mutating func remove(_ probe: RunningProbe) {
    probes[probe.slot] = nil
    // 31 bits: tokens of others have the highest one set.
    generations[probe.slot] = (generations[probe.slot] + 1) & 0x7fff_ffff
    free.append(Int32(probe.slot))
  }

  /// Nil: the slot is free.
  subscript(slot: Int) -> RunningProbe? { probes[slot] }

  var all: [RunningProbe] { probes.compactMap { $0 } }

  func token(of probe: RunningProbe) -> UInt64 { UInt64(generations[probe.slot]) << 32 | UInt64(probe.slot) }

  /// The probe that a token was for; nil: it has ended.
  func probe(of token: UInt64) -> RunningProbe? {
    let slot = Int(token & 0xffff_ffff)
    return generations[slot] == UInt32(token >> 32) ? probes[slot] : nil
  }
}
