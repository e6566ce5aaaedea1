/// How a field of RDATA is written in a zone file, and encoded.
enum FieldKind: Equatable, Sendable {
  case name
  case ipv4Address
  case ipv6Address
  /// A number of 0 to 255.
  case number8
  case number16
  case number32
  /// Seconds, with units or without, as 32 bits.
  case period
  /// A character string with its length in front (RFC 1035 §3.3).
  case string
  /// A character string without a length, up to the end of the RDATA.
  case unboundedString
  /// The rest of the record as hexadecimal digits.
  case hexadecimal
  /// The rest of the record as base64 (RFC 4648 §4).
  case base64
  /// One word of base32 with the extended alphabet (RFC 4648 §7), with its length in front (RFC 5155 §3).
  case base32
  /// Hexadecimal digits with their length in front, or `-` (RFC 5155 §3.3).
  case salt
  case type
  /// The rest of the record as a list of types (RFC 4034 §4.1.2).
  case typeBitmap
  /// An item of an APL record (RFC 3123 §5).
  case prefix
  /// The rest of the record as service parameters (RFC 9460 §2.1).
  case parameters
  /// The rest of the record as a LOC record has it (RFC 1876 §3).
  case location
  /// Algorithm, gateway type, gateway and key of an IPSECKEY record (RFC 4025 §3).
  case gateway
  /// Algorithm, host identity tag and key of a HIP record (RFC 8005 §6).
  case hostIdentity

  // Converted by ldns: one word.
  case algorithm
  case certificateType
  case certificateUsage
  case selector
  case matchingType
  case tag
  case time
  case eui48
  case eui64
  case locator
  case nsap
  case atma
  // Converted by ldns: the rest of the record.
  case services

  /// Has no form of its own: only `\#` can write it (RFC 3597 §5).
  case opaque

  /// Whether the field takes all that is left of the record.
  var takesRest: Bool {
    switch self {
    case .hexadecimal, .base64, .typeBitmap, .parameters, .location, .services: true
    default: false
    }
  }

  /// Whether the field may have no octets, when it is the last one.
  var canBeEmpty: Bool {
    switch self {
    case .unboundedString, .hexadecimal, .base64, .typeBitmap, .prefix, .parameters, .opaque: true
    default: false
    }
  }

  /// What a value is, to say what another value is not.
  var noun: String {
    switch self {
    case .name: "a domain name"
    case .ipv4Address: "an IPv4 address; write four numbers of 0 to 255, like 192.0.2.1"
    case .ipv6Address: "an IPv6 address; write it like 2001:db8::1"
    case .number8: "a number of 0 to 255"
    case .number16: "a number of 0 to 65535"
    case .number32: "a number of 0 to 4294967295"
    case .period: "a time; write seconds, or numbers with the units w, d, h, m and s, like 1h30m"
    case .string, .unboundedString: "a character string"
    case .hexadecimal: "hexadecimal; write two digits of 0-9 and a-f for each octet"
    case .base64: "base64; write letters, digits, + and /, four for three octets, filled up with ="
    case .base32: "base32; write letters a to v and digits"
    case .salt: "a salt; write up to 255 octets as hexadecimal, or - for none"
    case .type: "a record type"
    case .typeBitmap: "a list of record types, like A MX RRSIG TYPE1234"
    case .prefix: "an address prefix; write them like 1:192.0.2.0/24 or !2:2001:db8::/32"
    case .parameters: "a list of service parameters, like alpn=h2,h3 port=8443"
    case .gateway: "a gateway; write 0 and ., 1 and an IPv4 address, 2 and an IPv6 address, or 3 and a name"
    case .hostIdentity: "a host identity"
    case .algorithm: "a DNSSEC algorithm; write its number or mnemonic, like 13 or ECDSAP256SHA256"
    case .certificateType: "a certificate type; write its number or mnemonic, like 1 or PKIX"
    case .certificateUsage: "a certificate usage; write 0 to 255, or PKIX-TA, PKIX-EE, DANE-TA or DANE-EE"
    case .selector: "a selector; write 0 to 255, or Cert or SPKI"
    case .matchingType: "a matching type; write 0 to 255, or Full, SHA2-256 or SHA2-512"
    case .tag: "a property tag; write letters and digits, like issue or iodef"
    case .time: "a time; write YYYYMMDDHHmmSS, or seconds since 1970"
    case .eui48: "an EUI-48 address; write it like 00-00-5e-00-53-2a"
    case .eui64: "an EUI-64 address; write it like 00-00-5e-ef-10-00-00-2a"
    case .locator: "four groups of hexadecimal digits, like 2001:db8:1140:1000"
    case .nsap: "an NSAP address; write 0x and hexadecimal digits"
    case .atma: "an ATM address; write hexadecimal digits, or + and decimal digits"
    case .location: "a location; write it like 50 06 37 N 8 40 55 E 112m, degrees up to 90 and 180"
    case .services: "a list of services; write a protocol and ports, like tcp 25 80"
    case .opaque: "RDATA; write it as \\# LENGTH HEXADECIMAL"
    }
  }
}
