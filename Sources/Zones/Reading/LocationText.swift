/// The data of a LOC record (RFC 1876): `D [M [S]] N|S D [M [S]] E|W ALTITUDE [SIZE [H-PRECISION
/// [V-PRECISION]]]`, lengths in metres with `m` after them or without.
struct LocationText {
  private var latitude: Int
  private var longitude: Int
  private var altitude: Int
  /// Size, horizontal and vertical precision, in centimetres.
  private var sizes = [100, 1_000_000, 1_000]

  /// Nil when the words are no location.
  init?(_ words: [[UInt8]]) {
    var words = words[...]
    guard let latitude = Self.takeAngle(&words, positive: "N", negative: "S", limit: 90),
      let longitude = Self.takeAngle(&words, positive: "E", negative: "W", limit: 180),
      let first = words.popFirst(), let altitude = Self.centimetres(first),
      (-10_000_000...Int(UInt32.max) - 10_000_000).contains(altitude), words.count <= sizes.count
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
    self.altitude = altitude
    for (index, word) in words.enumerated() {
      guard let size = Self.centimetres(word), (0...9_000_000_000).contains(size) else { return nil }
      sizes[index] = size
    }
  }

  /// Appends the wire format (RFC 1876 §2).
  func append(to data: inout RDataBuffer) {
    data.append(0)
    for size in sizes {
      data.append(Self.power(size))
    }
    // Angles count from 2^31, altitudes from 100,000 m below the reference.
    data.append(uint32: UInt32(1 << 31 + latitude))
    data.append(uint32: UInt32(1 << 31 + longitude))
    data.append(uint32: UInt32(altitude + 10_000_000))
  }

  /// Takes degrees, minutes and seconds and their direction; in thousandths of a second of arc.
  private static func takeAngle(
    _ words: inout ArraySlice<[UInt8]>, positive: Unicode.Scalar, negative: Unicode.Scalar, limit: Int
  ) -> Int? {
    var angle = 0
    for (unit, maximum, decimals) in [(3_600_000, limit, 0), (60_000, 59, 0), (1, 59_999, 3)] {
      guard let word = words.popFirst() else { return nil }
      if unit < 3_600_000, let sign = sign(word, positive, negative) { return sign * angle }
      guard let value = scaled(word, decimals: decimals), (0...maximum).contains(value) else { return nil }
      angle += value * unit
    }
    guard angle <= limit * 3_600_000, let word = words.popFirst() else { return nil }
    return sign(word, positive, negative).map { $0 * angle }
  }

  private static func sign(
    _ word: [UInt8], _ positive: Unicode.Scalar, _ negative: Unicode.Scalar
  ) -> Int? {
    guard word.count == 1, let letter = word.first.map({ Unicode.Scalar($0 & 0xdf) }) else { return nil }
    return letter == positive ? 1 : letter == negative ? -1 : nil
  }

  private static func centimetres(_ word: [UInt8]) -> Int? {
    scaled(word.last.map { $0 | 0x20 } == UInt8(ascii: "m") ? word.dropLast() : word, decimals: 2)
  }

  /// Reads a number with up to so many decimals, as the integer that it is without its point.
  private static func scaled(_ word: [UInt8], decimals: Int) -> Int? {
    var digits = word[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, whole.count <= 9, let units = Int(decimal: whole.span) else { return nil }
    var value = units
    let fraction = parts.count > 1 ? Array(parts[1]) : []
    guard fraction.count <= decimals, parts.count == 1 || !fraction.isEmpty else { return nil }
    for index in 0..<decimals {
      let digit = index < fraction.count ? fraction[index] &- 0x30 : 0
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return isNegative ? -value : value
  }

  /// A length as its first decimal digit and a power of ten, four bits each (RFC 1876 §2).
  private static func power(_ centimetres: Int) -> UInt8 {
    var digit = centimetres
    var exponent: UInt8 = 0
    while digit > 9 {
      digit /= 10
      exponent += 1
    }
    return UInt8(digit) << 4 | exponent
  }
}
