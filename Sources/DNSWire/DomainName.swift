/// A domain name in wire format (RFC 1035 §3.1), absolute, in the case it was written in.
///
/// For loading, checking and reporting. Equality and hashing follow the octets; use `lowercased` first
/// where names are to be compared as DNS does (RFC 4343).
public struct DomainName: Hashable, Sendable {
  /// Length octets and labels, ending with the root's zero octet. 1 to 255 octets.
  public let octets: [UInt8]

  /// The most octets that a name may have, its length octets included (RFC 1035 §2.3.4).
  public static let maximumLength = 255
  /// The most octets that a label may have (RFC 1035 §2.3.4).
  public static let maximumLabelLength = 63

  /// Takes octets that are known to be a well-formed, uncompressed name.
  public init(wellFormed octets: [UInt8]) {
    self.octets = octets
  }

  /// Takes octets that may be anything; nil when they are not one whole, uncompressed name.
  public init?(wire octets: [UInt8]) {
    guard octets.count <= Self.maximumLength else { return nil }
    var index = 0
    while index < octets.count, octets[index] != 0 {
      guard octets[index] <= Self.maximumLabelLength else { return nil }
      index += Int(octets[index]) + 1
    }
    guard index == octets.count - 1 else { return nil }
    self.octets = octets
  }

  public static var root: DomainName { DomainName(wellFormed: [0]) }

  public var isRoot: Bool { octets.count == 1 }

  /// How many labels the name has, the root not counted: 3 for `www.example.com.`.
  public var labelCount: Int {
    var count = 0
    var index = 0
    while octets[index] != 0 {
      index += Int(octets[index]) + 1
      count += 1
    }
    return count
  }

  /// The name without its first label; nil for the root.
  public var parent: DomainName? {
    isRoot ? nil : DomainName(wellFormed: Array(octets[(Int(octets[0]) + 1)...]))
  }

  /// The octets of the first label; nil for the root.
  public var firstLabel: [UInt8]? {
    isRoot ? nil : Array(octets[1...Int(octets[0])])
  }

  /// Whether the first label is `*` (RFC 4592 §2.1.1).
  public var isWildcard: Bool {
    octets.count > 2 && octets[0] == 1 && octets[1] == UInt8(ascii: "*")
  }

  /// The name with A-Z turned into a-z, the form to compare by (RFC 4343 §3).
  public var lowercased: DomainName {
    // A length octet is at most 63, below every letter, so all octets can be treated alike.
    DomainName(wellFormed: octets.map(Self.lowercase))
  }

  /// Whether the name is `other` or below it, letter case aside.
  public func isSubdomain(of other: DomainName) -> Bool {
    var index = 0
    while octets.count - index > other.octets.count {
      index += Int(octets[index]) + 1
    }
    guard octets.count - index == other.octets.count else { return false }
    return zip(octets[index...], other.octets).allSatisfy { Self.lowercase($0) == Self.lowercase($1) }
  }

  /// The name with `label` put in front; nil when the label is empty or either becomes too long.
  public func prepending(_ label: some Collection<UInt8>) -> DomainName? {
    guard (1...Self.maximumLabelLength).contains(label.count),
      octets.count + label.count + 1 <= Self.maximumLength
    else { return nil }
    return DomainName(wellFormed: [UInt8(label.count)] + label + octets)
  }

  @inline(__always)
  static func lowercase(_ octet: UInt8) -> UInt8 {
    octet &- 0x41 < 26 ? octet | 0x20 : octet
  }
}
