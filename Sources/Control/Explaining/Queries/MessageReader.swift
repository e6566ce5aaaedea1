internal import DNSWire

/// Reads the octets of a DNS message one after the other, never beyond their end.
struct MessageReader {
  /// There are fewer octets than there should be, or they are no name.
  struct Malformed: Error, Equatable {}

  private var rest: ArraySlice<UInt8>

  init(_ octets: some Collection<UInt8>) { rest = Array(octets)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func uint8() throws(Malformed) -> UInt8 { try take(1).reduce(0) { $0 | $1 } }

  mutating func uint16() throws(Malformed) -> UInt16 { try take(2).reduce(0) { $0 << 8 | UInt16($1) } }

  mutating func uint32() throws(Malformed) -> UInt32 { try take(4).reduce(0) { $0 << 8 | UInt32($1) } }

  /// A name in its letter case; compressed ones are not read (RFC 1035 §4.1.4).
  mutating func name() throws(Malformed) -> DomainName {
    var octets: [UInt8] = []
    while true {
      let size = try uint8()
      guard size <= DomainName.maximumLabelLength else { throw Malformed() }
      octets.append(size)
      if size == 0 { break }
      octets += try take(Int(size))
    }
    guard let name = DomainName(wire: octets) else { throw Malformed() }
    return name
  }

  /// Passes over a name, compressed or not, without following its pointer.
  mutating func skipName() throws(Malformed) {
    while true {
      let size = try uint8()
      if size == 0 { return }
      if size >= 0xc0 {
        _ = try take(1)
        return
      }
      guard size <= DomainName.maximumLabelLength else { throw Malformed() }
      _ = try take(Int(size))
    }
  }
}
