import DNSWire

extension RRType {
  /// LOC (RFC 1876).
  static var location: RRType { RRType(rawValue: 29) }
  /// APL (RFC 3123).
  static var addressPrefixes: RRType { RRType(rawValue: 42) }
}

extension LocationDefinition {
  /// The coordinates of a LOC record, in degrees (RFC 1876 §2).
  static func coordinates(
    _ rdata: [UInt8]
  ) throws(LocationProblem) -> (latitude: Double, longitude: Double) {
    guard rdata.count == 16, rdata[0] == 0 else { throw .malformedCoordinates }
    // In thousandths of a second of arc, counted from 2^31.
    let angles = [4, 8].map { start in
      rdata[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } - 1 << 31
    }
    let degree = 3_600_000
    guard abs(angles[0]) <= 90 * degree, abs(angles[1]) <= 180 * degree else { throw .malformedCoordinates }
    return (Double(angles[0]) / Double(degree), Double(angles[1]) / Double(degree))
  }

  /// The networks of an APL record (RFC 3123 §4).
  static func networks(_ rdata: [UInt8]) throws(LocationProblem) -> [Network] {
    guard !rdata.isEmpty else { throw .noNetwork }
    var networks: [Network] = []
    var rest = rdata[...]
    while !rest.isEmpty {
      networks.append(try takeNetwork(&rest))
    }
    return networks
  }

  // An item: family (16 bits), prefix length (8), negation (1), length of the address part (7), address part.
  private static func takeNetwork(_ rest: inout ArraySlice<UInt8>) throws(LocationProblem) -> Network {
    let header = Array(rest.prefix(4))
    guard header.count == 4 else { throw .malformedNetworks }
    let part = rest.dropFirst(4).prefix(Int(header[3] & 0x7f))
    guard part.count == Int(header[3] & 0x7f) else { throw .malformedNetworks }
    rest = rest.dropFirst(4 + part.count)
    let family = Int(header[0]) << 8 | Int(header[1])
    let size: Int
    switch family {
    case 1: size = 4
    case 2: size = 16
    default: throw .unknownFamily(family)
    }
    let length = Int(header[2])
    guard part.count <= size, length <= size * 8 else { throw .malformedNetworks }
    let octets = part + repeatElement(0, count: size - part.count)
    let halves = [octets.prefix(size / 2), octets.suffix(size / 2)].map {
      $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let address =
      family == 1
      ? IPAddress(v4: UInt32(truncatingIfNeeded: halves[0] << 16 | halves[1]))
      : IPAddress(v6High: halves[0], low: halves[1])
    let isNegated = header[3] & 0x80 != 0
    guard family == 1 || address.family == .v6 else {
      // Clients with such addresses are treated as IPv4 clients (RFC 4291 §2.5.5.2), so their networks are,
      // too.
      let right = Network(address, length: max(0, length - 96), isNegated: isNegated)
      throw .mappedNetwork("\(address)/\(length)", right: length < 96 ? nil : right.text)
    }
    let network = Network(address, length: length, isNegated: isNegated)
    let prefix = network.shortened(to: length)
    guard prefix == network else { throw .bitsBeyondLength(network.text, right: prefix.text) }
    let plain = address.untranslated
    if family == 2, length >= 96, plain.family == .v4 {
      // As above.
      throw .translatedNetwork(
        network.text, right: Network(plain, length: length - 96, isNegated: isNegated).text)
    }
    return network
  }
}
