public import DNSWire

/// A value for every address, those of the families apart.
public struct AddressTable: Equatable, Sendable {
  /// A network and the value of its addresses.
  public struct Network: Sendable {
    /// Any address of the network.
    public var address: IPAddress
    /// Bits that its addresses share, 0...32 or 0...128.
    public var length: Int
    public var value: UInt32

    public init(_ address: IPAddress, length: Int, value: UInt32) {
      self.address = address
      self.length = length
      self.value = value
    }
  }

  var v4: AddressRuns<UInt32>
  var v6: AddressRuns<UInt128>

  init(v4: AddressRuns<UInt32>, v6: AddressRuns<UInt128>) {
    self.v4 = v4
    self.v6 = v6
  }

  /// Takes each address's value from the longest network that it is in; of equal networks, from the last.
  ///
  /// - Parameters:
  ///   - networks: in any order.
  ///   - outside: the value of addresses that are in none.
  public init(_ networks: [Network] = [], outside: UInt32) {
    var v4: [AddressRange<UInt32>] = []
    var v6: [AddressRange<UInt128>] = []
    for network in networks {
      switch network.address.family {
      case .v4: v4.append(AddressRange(network.address.v4Key, length: network.length, value: network.value))
      case .v6: v6.append(AddressRange(network.address.v6Key, length: network.length, value: network.value))
      }
    }
    self.v4 = AddressRuns(v4, outside: outside)
    self.v6 = AddressRuns(v6, outside: outside)
  }

  /// The value of an address.
  public subscript(_ address: IPAddress) -> UInt32 {
    switch address.family {
    case .v4: v4[address.v4Key]
    case .v6: v6[address.v6Key]
    }
  }

  /// Gives each address what `transform` makes of its value.
  public func mapped(_ transform: (UInt32) -> UInt32) -> AddressTable {
    AddressTable(v4: v4.mapped(transform), v6: v6.mapped(transform))
  }

  /// Gives each address what `combine` makes of its values here and in `other`.
  public func merged(with other: AddressTable, _ combine: (UInt32, UInt32) -> UInt32) -> AddressTable {
    AddressTable(v4: v4.merged(with: other.v4, combine), v6: v6.merged(with: other.v6, combine))
  }
}

extension IPAddress {
  fileprivate var v4Key: UInt32 { UInt32(truncatingIfNeeded: low) }
  fileprivate var v6Key: UInt128 { UInt128(high) << 64 | UInt128(low) }
}
