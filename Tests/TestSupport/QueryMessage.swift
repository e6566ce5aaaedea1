import DNSWire

/// The octets of a query, built for tests.
public struct QueryMessage: Sendable {
  public var id: UInt16 = 0x1234
  public var flags: UInt16 = 0
  public var name: DomainName
  public var type: RRType
  public var rrClass = RRClass.internet
  /// The UDP payload size of an OPT record; nil: no OPT record.
  public var udpSize: UInt16?
  public var version: UInt8 = 0
  public var dnssecOK = false
  public var options: [(code: UInt16, data: [UInt8])] = []

  public init(_ name: DomainName, _ type: RRType) {
    self.name = name
    self.type = type
  }

  public var octets: [UInt8] {
    var octets: [UInt8] = []
    func append(_ value: UInt16) { octets += [UInt8(value >> 8), UInt8(value & 0xff)] }
    append(id)
    append(flags)
    append(1)
    append(0)
    append(0)
    append(udpSize == nil ? 0 : 1)
    octets += name.octets
    append(type.rawValue)
    append(rrClass.rawValue)
    if let udpSize {
      octets.append(0)
      append(41)
      append(udpSize)
      octets += [0, version, dnssecOK ? 0x80 : 0, 0]
      append(UInt16(options.reduce(0) { $0 + 4 + $1.data.count }))
      for option in options {
        append(option.code)
        append(UInt16(option.data.count))
        octets += option.data
      }
    }
    return octets
  }
}
