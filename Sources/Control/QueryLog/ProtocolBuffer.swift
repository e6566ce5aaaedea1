/// A message in the encoding of Protocol Buffers, as far as dnstap needs it: a field after the other.
struct ProtocolBuffer {
  /// How a field's value is encoded.
  private enum WireType: UInt64 {
    case varint = 0
    case lengthDelimited = 2
    case fixed32 = 5
  }

  private(set) var octets: [UInt8] = []

  mutating func append(_ value: UInt64, to field: UInt64) {
    append(field, .varint)
    append(varint: value)
  }

  mutating func append(_ value: [UInt8], to field: UInt64) {
    append(field, .lengthDelimited)
    append(varint: UInt64(value.count))
    octets += value
  }

  mutating func append(fixed value: UInt32, to field: UInt64) {
    append(field, .fixed32)
    for shift in [0, 8, 16, 24] as [UInt32] { octets.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  private mutating func append(_ field: UInt64, _ type: WireType) {
    append(varint: field << 3 | type.rawValue)
  }

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    octets.append(UInt8(rest))
  }
}
