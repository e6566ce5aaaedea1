internal import DNSWire
internal import Locations

/// Which location owns which networks, by their APL records.
enum NetworkOwners {
  /// Of addresses that no location owns.
  static let nobody = UInt32.max

  /// The index of the location that owns each address, or `nobody`.
  ///
  /// The longest of a location's networks that an address is in says whether the location owns it; a negated one says
  /// no. Of the locations that own an address, that with the longest network does.
  static func table(of locations: [LocationDefinition]) -> AddressTable {
    let claims = Claims(locations)
    var networks: [AddressTable.Network] = []
    for location in locations {
      for network in location.networks {
        networks.append(
          AddressTable.Network(network.address, length: network.length, value: claims.owner(of: network)))
      }
    }
    return AddressTable(networks, outside: nobody)
  }

  /// What all locations say of each network.
  private struct Claims {
    private struct Claim {
      var location: UInt32
      var isNegated: Bool
    }

    private struct Prefix: Hashable {
      var address: IPAddress
      var length: Int
    }

    private var claims: [Prefix: [Claim]] = [:]

    init(_ locations: [LocationDefinition]) {
      for (index, location) in locations.enumerated() {
        for network in location.networks {
          claims[Prefix(address: network.address, length: network.length), default: []].append(
            Claim(location: UInt32(index), isNegated: network.isNegated))
        }
      }
    }

    /// Who owns the addresses of a network that are in no longer one.
    func owner(of network: LocationDefinition.Network) -> UInt32 {
      var heard: Set<UInt32> = []
      for length in (0...network.length).reversed() {
        let prefix = Prefix(address: network.address.prefix(length), length: length)
        for claim in claims[prefix] ?? [] where heard.insert(claim.location).inserted && !claim.isNegated {
          return claim.location
        }
      }
      return nobody
    }
  }
}
