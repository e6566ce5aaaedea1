/// A word of up to eight octets, in capital letters, packed into an integer: the names of types and classes
/// that nearly every record has are recognized by comparing integers.
struct Mnemonic: Equatable {
  private let packed: UInt64

  /// Nil when the word is longer.
  @inline(__always)
  init?(_ word: Span<UInt8>) {
    guard word.count <= 8 else { return nil }
    var packed: UInt64 = 0
    for index in 0..<word.count {
      let octet = word[index]
      packed = packed << 8 | UInt64(octet &- 0x61 < 26 ? octet & 0xdf : octet)
    }
    self.packed = packed
  }

  @inline(__always)
  private init(
    _ a: Unicode.Scalar, _ b: Unicode.Scalar? = nil, _ c: Unicode.Scalar? = nil, _ d: Unicode.Scalar? = nil,
    _ e: Unicode.Scalar? = nil, _ f: Unicode.Scalar? = nil
  ) {
    var packed = UInt64(a.value)
    if let b { packed = packed << 8 | UInt64(b.value) }
    if let c { packed = packed << 8 | UInt64(c.value) }
    if let d { packed = packed << 8 | UInt64(d.value) }
    if let e { packed = packed << 8 | UInt64(e.value) }
    if let f { packed = packed << 8 | UInt64(f.value) }
    self.packed = packed
  }

  @inline(__always) static var `in`: Mnemonic { Mnemonic("I", "N") }
  @inline(__always) static var ch: Mnemonic { Mnemonic("C", "H") }
  @inline(__always) static var hs: Mnemonic { Mnemonic("H", "S") }
  @inline(__always) static var cs: Mnemonic { Mnemonic("C", "S") }
  @inline(__always) static var a: Mnemonic { Mnemonic("A") }
  @inline(__always) static var aaaa: Mnemonic { Mnemonic("A", "A", "A", "A") }
  @inline(__always) static var cname: Mnemonic { Mnemonic("C", "N", "A", "M", "E") }
  @inline(__always) static var dname: Mnemonic { Mnemonic("D", "N", "A", "M", "E") }
  @inline(__always) static var mx: Mnemonic { Mnemonic("M", "X") }
  @inline(__always) static var ns: Mnemonic { Mnemonic("N", "S") }
  @inline(__always) static var ptr: Mnemonic { Mnemonic("P", "T", "R") }
  @inline(__always) static var soa: Mnemonic { Mnemonic("S", "O", "A") }
  @inline(__always) static var srv: Mnemonic { Mnemonic("S", "R", "V") }
  @inline(__always) static var txt: Mnemonic { Mnemonic("T", "X", "T") }
  @inline(__always) static var caa: Mnemonic { Mnemonic("C", "A", "A") }
  @inline(__always) static var https: Mnemonic { Mnemonic("H", "T", "T", "P", "S") }
  @inline(__always) static var svcb: Mnemonic { Mnemonic("S", "V", "C", "B") }
  @inline(__always) static var tlsa: Mnemonic { Mnemonic("T", "L", "S", "A") }
  @inline(__always) static var ds: Mnemonic { Mnemonic("D", "S") }
  @inline(__always) static var dnskey: Mnemonic { Mnemonic("D", "N", "S", "K", "E", "Y") }
  @inline(__always) static var rrsig: Mnemonic { Mnemonic("R", "R", "S", "I", "G") }
  @inline(__always) static var nsec: Mnemonic { Mnemonic("N", "S", "E", "C") }
  @inline(__always) static var nsec3: Mnemonic { Mnemonic("N", "S", "E", "C", "3") }
  @inline(__always) static var sshfp: Mnemonic { Mnemonic("S", "S", "H", "F", "P") }
  @inline(__always) static var naptr: Mnemonic { Mnemonic("N", "A", "P", "T", "R") }
  @inline(__always) static var loc: Mnemonic { Mnemonic("L", "O", "C") }
}
