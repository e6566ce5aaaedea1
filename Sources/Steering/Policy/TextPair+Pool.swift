import DNSWire

extension TextPair {
  /// The value as a member: an address, or a target with its final dot.
  func identity() throws(ValueProblem) -> Member.Identity {
    let text = text
    if let address = IPAddress(text) { return .address(address) }
    // A target of digits and dots could never be resolved (RFC 3696 §2): an address was meant.
    let isLikeAddress =
      text.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2e || $0 == 0x2f } || text.contains(":")
    guard !isLikeAddress else { throw .malformed(shown, "an address", example: "192.0.2.1 or 2001:db8::1") }
    return .target(try absoluteName("an address or a target, which ends with a dot"))
  }

  /// The value as bounds of a TTL in seconds (RFC 2181 §8): `5..60`, `5..`, `..60` or `30`.
  func timeToLive() throws(ValueProblem) -> (lowest: UInt32?, highest: UInt32?) {
    let text = text
    guard let bounds = Decimal.bounds(text[...]) else {
      let fixed = try seconds(text[...])
      return (fixed, fixed)
    }
    guard !bounds.lower.isEmpty || !bounds.upper.isEmpty else { throw notTimeToLive }
    let lowest = bounds.lower.isEmpty ? nil : try seconds(bounds.lower)
    let highest = bounds.upper.isEmpty ? nil : try seconds(bounds.upper)
    if let lowest, let highest, lowest > highest { throw .boundsOrder(shown, "\(key)=\(highest)..\(lowest)") }
    return (lowest, highest)
  }

  private func seconds(_ text: Substring) throws(ValueProblem) -> UInt32 {
    guard let value = Decimal.integer(text) else { throw notTimeToLive }
    guard value <= Int32.max else { throw .outOfRange(shown, "0", "2147483647 seconds") }
    return UInt32(value)
  }

  private var notTimeToLive: ValueProblem {
    .malformed(
      shown, "a TTL in seconds or bounds of one",
      example: "\(key)=30, \(key)=5..60, \(key)=5.. or \(key)=..60")
  }

  /// The value as how much of a tier must live: a count of members, or a share of the weight as a percentage.
  func panic() throws(ValueProblem) -> Policy.PanicThreshold {
    let text = text
    if let count = Decimal.integer(text) {
      guard (1...65_535).contains(count) else {
        throw .outOfRange(shown, "1", "65535 members, or 1% to 100%")
      }
      return .members(count)
    }
    guard text.hasSuffix("%"), let percentage = Decimal.number(text.dropLast()) else {
      throw .malformed(shown, "a share of a tier or a count of members", example: "\(key)=50% or \(key)=2")
    }
    guard (1...100).contains(percentage) else { throw .outOfRange(shown, "1%", "100%") }
    return .share(percentage / 100)
  }
}
