import DNSWire

/// Room for the RDATA of one record, reused from record to record.
struct RDataBuffer: ~Copyable {
  /// What the RDLENGTH field can state (RFC 1035 §3.2.1).
  static let capacity = 65_535

  private var storage = [UInt8](repeating: 0, count: capacity)
  private(set) var count = 0
  /// Whether more was appended than there is room for; the surplus is lost.
  private(set) var isOverfull = false

  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: count) }
  }

  /// A copy, for the few fields that are encoded in pieces.
  var octets: [UInt8] { Array(storage[..<count]) }

  mutating func clear() {
    count = 0
    isOverfull = false
  }

  @inline(__always)
  mutating func append(_ octet: UInt8) {
    guard count < Self.capacity else {
      isOverfull = true
      return
    }
    storage[count] = octet
    count += 1
  }

  mutating func append(uint16 value: UInt16) {
    append(UInt8(truncatingIfNeeded: value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  mutating func append(uint32 value: UInt32) {
    append(uint16: UInt16(truncatingIfNeeded: value >> 16))
    append(uint16: UInt16(truncatingIfNeeded: value))
  }

  mutating func append(uint64 value: UInt64) {
    append(uint32: UInt32(truncatingIfNeeded: value >> 32))
    append(uint32: UInt32(truncatingIfNeeded: value))
  }

  mutating func append(_ octets: Span<UInt8>) {
    for index in 0..<octets.count {
      append(octets[index])
    }
  }

  /// Appends the octets of a character string with `\DDD` and `\X` replaced by what they stand for
  /// (RFC 1035 §5.1); false when an escape is malformed.
  mutating func append(unescaping text: Span<UInt8>) -> Bool {
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        guard let escape = Escape.read(text, at: index) else { return false }
        append(escape.octet)
        index += escape.length
      } else {
        append(text[index])
        index += 1
      }
    }
    return true
  }

  /// Replaces the octet at `index`, such as a length that is known only after what it counts.
  mutating func replace(at index: Int, with octet: UInt8) {
    guard index < count else { return }
    storage[index] = octet
  }

  /// Sets bits of the octet at `index`.
  mutating func setBits(at index: Int, _ bits: UInt8) {
    guard index < count else { return }
    storage[index] |= bits
  }

  /// Replaces the two octets from `index`.
  mutating func replace(at index: Int, withUInt16 value: UInt16) {
    replace(at: index, with: UInt8(truncatingIfNeeded: value >> 8))
    replace(at: index + 1, with: UInt8(truncatingIfNeeded: value))
  }
}

extension RDataBuffer {
  static func == (a: borrowing RDataBuffer, b: borrowing RDataBuffer) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where a.storage[index] != b.storage[index] {
      return false
    }
    return true
  }
}
