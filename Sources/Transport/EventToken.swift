/// Whose event it is: 64 bits that the kernel keeps for each socket that is waited for.
struct EventToken: RawRepresentable {
  enum Subject {
    /// The request to stop.
    case stop
    /// The request to accept no more.
    case leave
    /// Explanations that have been made.
    case explanations
    case listener(Int)
    /// The slot of a connection, and which of those that have had the slot.
    case connection(slot: Int, generation: UInt32)
  }

  let rawValue: UInt64

  @_noAllocation @_noLocks
  init(rawValue: UInt64) { self.rawValue = rawValue }

  private static var listenerBit: UInt64 { 1 << 63 }

  @_noAllocation @_noLocks
  init(_ subject: Subject) {
    switch subject {
    case .stop: rawValue = 0
    // No connection has the generation 0.
    case .explanations: rawValue = 1
    case .leave: rawValue = 2
    case .listener(let index): rawValue = Self.listenerBit | UInt64(truncatingIfNeeded: index)
    case .connection(let slot, let generation):
      rawValue = UInt64(generation) << 32 | UInt64(UInt32(truncatingIfNeeded: slot))
    }
  }

  var subject: Subject {
    @_noAllocation @_noLocks
    get {
      if rawValue == 0 { return .stop }
      if rawValue == 1 { return .explanations }
      if rawValue == 2 { return .leave }
      if rawValue & Self.listenerBit != 0 { return .listener(Int(rawValue & ~Self.listenerBit)) }
      return .connection(
        slot: Int(rawValue & 0xffff_ffff), generation: UInt32(truncatingIfNeeded: rawValue >> 32))
    }
  }
}
