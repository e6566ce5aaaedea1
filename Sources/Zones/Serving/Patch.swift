/// Two octets of an encoded RRset that become a compression pointer once the response's layout is known.
@usableFromInline
struct Patch: RawRepresentable, Sendable {
  /// What the pointer leads to.
  @usableFromInline
  enum Target: UInt32, Sendable {
    /// The owner name of the RRset.
    case owner = 0
    /// The zone's apex.
    case apex = 1
    /// A name inside the encoded records, at `value`.
    case records = 2
  }

  /// Upper 16 bits: place in the records; then two of target; then 14 of value.
  @usableFromInline let rawValue: UInt32

  @inlinable init(rawValue: UInt32) { self.rawValue = rawValue }

  init(at place: Int, to target: Target, value: Int = 0) {
    rawValue = UInt32(place) << 16 | target.rawValue << 14 | UInt32(value)
  }

  /// Octets from the first record on.
  @inlinable var place: Int { Int(rawValue >> 16) }
  @inlinable var isOwner: Bool { rawValue >> 14 & 3 == Target.owner.rawValue }
  @inlinable var isApex: Bool { rawValue >> 14 & 3 == Target.apex.rawValue }
  /// Octets from the first record on. At most 16,383.
  @inlinable var value: Int { Int(rawValue & 0x3fff) }
}
