import DNSWire
import Steering
import Testing

/// Reads a zone that must have no errors, and only these warnings.
func read(_ zone: String, warnings: [String] = []) throws -> ZonePolicies {
  let text = try ZoneText(zone)
  let (policies, diagnostics) = PolicyReader.read(text.policyRecords, of: text)
  #expect(diagnostics.map(\.description) == warnings)
  return policies
}

func name(_ text: String) -> DomainName {
  guard let name = try? DomainName(text) else { fatalError("\(text) is not a name") }
  return name
}

func address(_ text: String) -> IPAddress {
  guard let address = IPAddress(text) else { fatalError("\(text) is not an address") }
  return address
}

func member(
  _ text: String, weight: UInt32 = 1, tier: Int = 1, at location: String? = nil
) -> Member {
  var member = Member(text.hasSuffix(".") ? .target(name(text)) : .address(address(text)))
  member.weight = weight
  member.tier = tier
  member.location = location
  return member
}
