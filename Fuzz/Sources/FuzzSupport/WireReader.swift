/// Reads a DNS message front to back, strictly, without any code of the server.
struct WireReader {
  /// What is not as RFC 1035 has it.
  struct Malformed: Error {
    let reason: String
  }

  let octets: [UInt8]
  var offset = 0

  init(_ octets: [UInt8]) { self.octets = octets }

  mutating func uint8() throws(Malformed) -> UInt8 {
    guard offset < octets.count else { throw Malformed(reason: "cut at \(offset)") }
    defer { offset += 1 }
    return octets[offset]
  }

  mutating func uint16() throws(Malformed) -> UInt16 {
    UInt16(try uint8()) << 8 | UInt16(try uint8())
  }

  mutating func uint32() throws(Malformed) -> UInt32 {
    UInt32(try uint16()) << 16 | UInt32(try uint16())
  }

  mutating func skip(_ count: Int) throws(Malformed) {
    guard offset + count <= octets.count else { throw Malformed(reason: "cut behind \(offset)") }
    offset += count
  }

  /// A name in lower case and wire format. Pointers lead strictly backwards, and not into the header.
  mutating func name(mayBeCompressed: Bool = true) throws(Malformed) -> [UInt8] {
    var name: [UInt8] = []
    var position = offset
    var segment = offset
    var end: Int?
    while true {
      guard position < octets.count else { throw Malformed(reason: "name at \(offset) is cut") }
      let size = Int(octets[position])
      if size >= 0xc0 {
        guard mayBeCompressed else { throw Malformed(reason: "name at \(offset) is compressed") }
        guard position + 1 < octets.count else { throw Malformed(reason: "pointer at \(position) is cut") }
        let target = (size & 0x3f) << 8 | Int(octets[position + 1])
        guard target >= 12, target < segment else {
          throw Malformed(reason: "pointer at \(position) leads to \(target)")
        }
        end = end ?? position + 2
        position = target
        segment = target
        continue
      }
      guard size < 64, position + size < octets.count else {
        throw Malformed(reason: "label at \(position)")
      }
      name.append(UInt8(size))
      for octet in octets[(position + 1)..<(position + 1 + size)] {
        name.append(octet &- 0x41 < 26 ? octet | 0x20 : octet)
      }
      position += size + 1
      if size == 0 { break }
    }
    guard name.count <= 255 else { throw Malformed(reason: "name at \(offset) has \(name.count) octets") }
    offset = end ?? position
    return name
  }
}
