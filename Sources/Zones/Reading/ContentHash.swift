import DNSWire

/// A hash of a file's octets, by which content that is written anew is known to be as it was. Not meant to
/// withstand who wants two contents to have the same one: the only zone that could miss a change by that is
/// their own.
struct ContentHash {
  /// Digits of the square roots of 2, 3 and 5: odd numbers with no pattern.
  private static let keys: (UInt64, UInt64, UInt64) = (
    0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b
  )

  /// Sixteen octets at a time: about 5 ms for a million records.
  static func of(_ octets: RawSpan) -> UInt64 {
    var hash = mix(Self.keys.2, UInt64(octets.byteCount) ^ keys.0)
    var place = 0
    while octets.byteCount - place >= 16 {
      hash = mix(octets.octets8(at: place) ^ keys.0, octets.octets8(at: place + 8) ^ keys.1 ^ hash)
      place += 16
    }
    var rest: (UInt64, UInt64) = (0, 0)
    while place < octets.byteCount {
      rest.1 = rest.1 << 8 | rest.0 >> 56
      rest.0 = rest.0 << 8 | UInt64(octets.octet(at: place))
      place += 1
    }
    return mix(rest.0 ^ keys.0, rest.1 ^ keys.1 ^ hash)
  }

  /// Each bit of the product's middle depends on nearly all of both factors; folding brings it to the rest.
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
