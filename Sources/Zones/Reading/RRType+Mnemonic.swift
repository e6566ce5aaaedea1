package import DNSWire

extension RRType {
  /// The name of the type; `TYPE65280` when it has none (RFC 3597 §5).
  package var mnemonic: String {
    if let name = LDNS.name(of: self) { return name }
    return (Self.additions + Self.queryTypes).first { $0.type == self }?.name ?? "TYPE\(rawValue)"
  }

  /// Types that the installed ldns may be too old for; their RDATA is that of TXT.
  static let additions: [(name: String, type: RRType)] = [
    ("AVC", RRType(rawValue: 258)),
    ("RESINFO", RRType(rawValue: 261)),
    ("WALLET", RRType(rawValue: 262)),
    ("CLA", RRType(rawValue: 263)),
    ("NINFO", RRType(rawValue: 56)),
  ]

  /// Types that are only asked for (RFC 6895 §3.1).
  private static let queryTypes: [(name: String, type: RRType)] = [
    ("IXFR", .ixfr), ("AXFR", .axfr), ("ANY", .any),
  ]

  /// Whether the type is of queries or of one message (RFC 6895 §3.1): zones have no such data.
  var isForMessages: Bool {
    self == .opt || (128...255).contains(rawValue) || rawValue == 0
  }

  /// Reads the name of a type, in any letter case, or `TYPE` and its number (RFC 3597 §5).
  @inline(__always)
  init?(mnemonic word: Span<UInt8>) {
    switch Mnemonic(word) {
    case Mnemonic.a: self = .a
    case Mnemonic.aaaa: self = .aaaa
    case Mnemonic.ns: self = .ns
    case Mnemonic.cname: self = .cname
    case Mnemonic.txt: self = .txt
    case Mnemonic.mx: self = .mx
    case Mnemonic.ptr: self = .ptr
    case Mnemonic.soa: self = .soa
    case Mnemonic.srv: self = .srv
    case Mnemonic.dname: self = .dname
    case Mnemonic.caa: self = RRType(rawValue: 257)
    case Mnemonic.https: self = .https
    case Mnemonic.svcb: self = .svcb
    case Mnemonic.tlsa: self = RRType(rawValue: 52)
    case Mnemonic.ds: self = .ds
    case Mnemonic.dnskey: self = RRType(rawValue: 48)
    case Mnemonic.rrsig: self = .rrsig
    case Mnemonic.nsec: self = .nsec
    case Mnemonic.nsec3: self = RRType(rawValue: 50)
    case Mnemonic.sshfp: self = RRType(rawValue: 44)
    case Mnemonic.naptr: self = RRType(rawValue: 35)
    case Mnemonic.loc: self = RRType(rawValue: 29)
    default:
      guard let type = Self.lessCommon(word) else { return nil }
      self = type
    }
  }

  private static func lessCommon(_ word: Span<UInt8>) -> RRType? {
    if let number = number(after: "TYPE", in: word) { return RRType(rawValue: number) }
    if let type = LDNS.type(named: word) { return type }
    return additions.first { matches(word, $0.name) }?.type
  }

  /// The 16-bit number in words like `TYPE65280` and `CLASS1`.
  static func number(after prefix: String, in word: Span<UInt8>) -> UInt16? {
    let length = prefix.utf8.count
    guard word.count > length, word.count <= length + 5, matches(word.extracting(first: length), prefix)
    else { return nil }
    return UInt16(decimal: word.extracting(length..<word.count))
  }

  private static func matches(_ word: Span<UInt8>, _ name: String) -> Bool {
    guard word.count == name.utf8.count else { return false }
    var index = 0
    for octet in name.utf8 {
      guard word[index] & 0xdf == octet & 0xdf else { return false }
      index += 1
    }
    return true
  }

  /// The type whose name is nearest to a word that is none, if any is near.
  static func suggestion(for word: String) -> String? {
    let word = Array(word.utf8.map { $0 &- 0x61 < 26 ? $0 & 0xdf : $0 })
    var best: (name: String, distance: Int)?
    // Of equally near names the more usual one, so those come first.
    let usual: [RRType] = [.a, .aaaa, .cname, .mx, .ns, .txt, .ptr, .srv, .soa, .https, .svcb]
    let known = usual + (Array(1...300) + [32768, 32769]).map { RRType(rawValue: $0) }
    for type in known where !type.isForMessages {
      let name = type.mnemonic
      guard !name.hasPrefix("TYPE") else { continue }
      guard abs(word.count - name.utf8.count) <= 2 else { continue }
      let distance = EditDistance.between(word, Array(name.utf8))
      // In a short word, more than one other letter is no likeness.
      guard distance <= (min(word.count, name.utf8.count) < 4 ? 1 : 2) else { continue }
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }
}
