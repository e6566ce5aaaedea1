import Testing

@testable import Zones

/// Errors in RDATA name the field, its place, and what it should be.
@Suite struct DataErrorTests {
  static let cases: [(String, [String])] = [
    (
      "@ SOA ns hostmaster 1 2 3 4\n",
      [
        "1:28: error: the record ends before its minimum; write: SOA primary mailbox serial refresh retry expire minimum"
      ]
    ),
    (
      "www A 192.0.2.300\n",
      ["1:7: error: \"192.0.2.300\" is not an IPv4 address; write four numbers of 0 to 255, like 192.0.2.1"]
    ),
    (
      "www AAAA 2001:db8::g\n",
      ["1:10: error: \"2001:db8::g\" is not an IPv6 address; write it like 2001:db8::1"]
    ),
    (
      "www MX mail\n",
      ["1:8: error: preference \"mail\" of MX is not a number of 0 to 65535"]
    ),
    (
      "www MX 10\n",
      ["1:10: error: the record ends before its exchange; write: MX preference exchange"]
    ),
    (
      "www MX 70000 mail\n",
      ["1:8: error: preference \"70000\" of MX is not a number of 0 to 65535"]
    ),
    (
      "www MX 10 mail extra\n",
      ["1:16: error: \"extra\" is more than the record can hold; write: MX preference exchange"]
    ),
    (
      "www TYPE65280 \\# 4 0a0000\n",
      ["1:18: error: \\# says 4 octets, 3 follow"]
    ),
    (
      "www TYPE65280 \\# x 0a0000\n",
      [
        "1:18: error: \"x\" is not a length; after \\# write how many octets follow, 0 to 65535, and then those as hexadecimal"
      ]
    ),
    (
      "www TYPE65280 \\# 2 0a000\n",
      [
        "1:20: error: data \"0a000\" of TYPE65280 is not hexadecimal; write two digits of 0-9 and a-f for each octet"
      ]
    ),
    (
      "www TYPE65280 \\# 2 0a0g\n",
      [
        "1:20: error: data \"0a0g\" of TYPE65280 is not hexadecimal; write two digits of 0-9 and a-f for each octet"
      ]
    ),
    (
      "www TYPE65280 foo\n",
      ["1:15: error: the data of TYPE65280 has no form of its own; write: TYPE65280 \\# LENGTH HEXADECIMAL"]
    ),
    (
      "www A \\# 3 0a0000\n",
      ["1:10: error: the octets are not the data of a record of type A"]
    ),
    (
      "www NS \\# 3 03c000\n",
      ["1:11: error: the octets are not the data of a record of type NS"]
    ),
    (
      "www A \\# 0\n",
      ["1:10: error: the octets are not the data of a record of type A"]
    ),
    (
      "@ SOA \\# 0\n",
      ["1:10: error: the octets are not the data of a record of type SOA"]
    ),
    (
      "@ SOA \\# 6 000000000001\n",
      ["1:10: error: the octets are not the data of a record of type SOA"]
    ),
    (
      "www CNAME \\# 0\n",
      ["1:14: error: the octets are not the data of a record of type CNAME"]
    ),
    (
      "www MX \\# 2 000a\n",
      ["1:11: error: the octets are not the data of a record of type MX"]
    ),
    (
      "www TXT \\# 0\n",
      ["1:12: error: the octets are not the data of a record of type TXT"]
    ),
    (
      "www SRV 1 2 3\n",
      ["1:14: error: the record ends before its target; write: SRV priority weight port target"]
    ),
    (
      "www CAA 0 iss/ue \"x\"\n",
      [
        "1:11: error: tag \"iss/ue\" of CAA is not a property tag; write letters and digits, like issue or iodef"
      ]
    ),
    (
      "www TLSA 3 1 x 00\n",
      [
        "1:14: error: matching-type \"x\" of TLSA is not a matching type; write 0 to 255, or Full, SHA2-256 or SHA2-512"
      ]
    ),
    (
      "www DS 1 FOO 2 00\n",
      [
        "1:10: error: algorithm \"FOO\" of DS is not a DNSSEC algorithm; write its number or mnemonic, like 13 or ECDSAP256SHA256"
      ]
    ),
    (
      "www NSEC b A BB\n",
      ["1:14: error: types \"BB\" of NSEC is not a list of record types, like A MX RRSIG TYPE1234"]
    ),
    (
      "www APL 3:1.2.3.4/5\n",
      [
        "1:9: error: prefix \"3:1.2.3.4/5\" of APL is not an address prefix; write them like 1:192.0.2.0/24 or !2:2001:db8::/32"
      ]
    ),
    (
      "www APL 1:1.2.3.4/33\n",
      [
        "1:9: error: prefix \"1:1.2.3.4/33\" of APL is not an address prefix; write them like 1:192.0.2.0/24 or !2:2001:db8::/32"
      ]
    ),
    (
      "www SSHFP 1 1 abc\n",
      [
        "1:15: error: fingerprint \"abc\" of SSHFP is not hexadecimal; write two digits of 0-9 and a-f for each octet"
      ]
    ),
    (
      "www DNSKEY 257 3 13 ab=c\n",
      [
        "1:21: error: key \"ab=c\" of DNSKEY is not base64; write letters, digits, + and /, four for three octets, filled up with ="
      ]
    ),
    (
      "www HTTPS 1 . foo=1\n",
      ["1:15: error: \"foo\" is not a parameter; write its number, like key667=VALUE"]
    ),
    (
      "www HTTPS 1 . port=70000\n",
      ["1:15: error: \"70000\" is not a value of port; write it like port=8443"]
    ),
    (
      "www HTTPS 1 . alpn=h2 alpn=h3\n",
      ["1:23: error: parameter alpn is there twice"]
    ),
    (
      "www HTTPS 1 . mandatory=port alpn=h2\n",
      ["1:15: error: parameter port is listed as mandatory and is not there"]
    ),
    (
      "www HTTPS 1 . no-default-alpn\n",
      ["1:15: error: no-default-alpn needs alpn beside it"]
    ),
    (
      "www HTTPS 1 . alpn=\"h2\"x\n",
      ["1:15: error: quotes stand around the whole value, like alpn=\"h2,h3\""]
    ),
    (
      "www HTTPS 1 . ipv4hint=1.2.3.456\n",
      ["1:15: error: \"1.2.3.456\" is not a value of ipv4hint; write it like ipv4hint=192.0.2.1,192.0.2.2"]
    ),
    (
      "www HTTPS 1 . alpn\n",
      ["1:15: error: parameter alpn needs a value: alpn=h2,h3"]
    ),
    (
      "www NSEC3 1 0 10 zz aaaa\n",
      [
        "1:18: error: salt \"zz\" of NSEC3 is not a salt; write up to 255 octets as hexadecimal, or - for none"
      ]
    ),
    (
      "www EUI48 00\n",
      ["1:11: error: address \"00\" of EUI48 is not an EUI-48 address; write it like 00-00-5e-00-53-2a"]
    ),
    (
      "www HINFO a\n",
      ["1:12: error: the record ends before its os; write: HINFO cpu os"]
    ),
    (
      "www KX 10\n",
      ["1:10: error: the record ends before its exchanger; write: KX preference exchanger"]
    ),
    (
      "www NULL foo\n",
      ["1:10: error: the data of NULL has no form of its own; write: NULL \\# LENGTH HEXADECIMAL"]
    ),
    (
      "www A (\n 192.0.2.1\n  foo )\nok A 192.0.2.1\n",
      ["3:3: error: \"foo\" is more than the record can hold; write: A address"]
    ),
    (
      "www A (\n  192.0.2.1\nok A 192.0.2.1\n",
      [
        "3:1: error: \"ok\" is more than the record can hold; write: A address",
        "1:7: error: this parenthesis is never closed; all lines after it belong to its record",
      ]
    ),
    (
      "www A\n",
      ["1:6: error: the record ends before its address; write: A address"]
    ),
    (
      "www LOC 91 N 8 E 1m\n",
      [
        "1:9: error: location \"91 N 8 E 1m\" of LOC is not a location; write it like 50 06 37 N 8 40 55 E 112m, degrees up to 90 and 180"
      ]
    ),
    (
      "www IPSECKEY 10 4 2 . AQNR\n",
      [
        "1:17: error: gateway-type \"4\" of IPSECKEY is not a gateway; write 0 and ., 1 and an IPv4 address, 2 and an IPv6 address, or 3 and a name"
      ]
    ),
    (
      "www IPSECKEY 10 0 2 a. AQNR\n",
      [
        "1:21: error: gateway \"a.\" of IPSECKEY is not a gateway; write 0 and ., 1 and an IPv4 address, 2 and an IPv6 address, or 3 and a name"
      ]
    ),
    (
      "www AAAA 1::2::3\n",
      ["1:10: error: \"1::2::3\" is not an IPv6 address; write it like 2001:db8::1"]
    ),
    (
      "www AAAA 1:2:3:4:5:6:7\n",
      ["1:10: error: \"1:2:3:4:5:6:7\" is not an IPv6 address; write it like 2001:db8::1"]
    ),
    (
      "www AAAA ::1.2.3.4.5\n",
      ["1:10: error: \"::1.2.3.4.5\" is not an IPv6 address; write it like 2001:db8::1"]
    ),
    (
      "www A 01.2.3.4\n",
      ["1:7: error: \"01.2.3.4\" is not an IPv4 address; write four numbers of 0 to 255, like 192.0.2.1"]
    ),
    (
      "www A 1.2.3\n",
      ["1:7: error: \"1.2.3\" is not an IPv4 address; write four numbers of 0 to 255, like 192.0.2.1"]
    ),
    (
      "www SOA a. b. 4294967296 1 1 1 1\n",
      ["1:15: error: serial \"4294967296\" of SOA is not a number of 0 to 4294967295"]
    ),
    (
      "www SOA a. b. 1 1 1 1 1h1\n",
      [
        "1:23: error: minimum \"1h1\" of SOA is not a time; write seconds, or numbers with the units w, d, h, m and s, like 1h30m"
      ]
    ),
    (
      "www CAA 256 issue x\n",
      ["1:9: error: flags \"256\" of CAA is not a number of 0 to 255"]
    ),
    (
      "www DS 1 13 2 0\n",
      ["1:15: error: digest \"0\" of DS is not hexadecimal; write two digits of 0-9 and a-f for each octet"]
    ),
    (
      "www NSEC3 1 0 10 - 1\n",
      ["1:20: error: next-owner \"1\" of NSEC3 is not base32; write letters a to v and digits"]
    ),
    (
      "www HTTPS 1 . key65535=1\n",
      ["1:15: error: \"key65535\" is not a parameter; write its number, like key667=VALUE"]
    ),
    (
      "www HTTPS 1 . alpn=\n",
      ["1:15: error: parameter alpn needs a value: alpn=h2,h3"]
    ),
    (
      "www HTTPS 1 . ohttp=1\n",
      ["1:15: error: parameter ohttp takes no value"]
    ),
    (
      "www HTTPS 1 . mandatory=mandatory\n",
      ["1:15: error: \"mandatory\" is not a value of mandatory; write it like mandatory=alpn,port"]
    ),
    (
      "www MD\n",
      ["1:7: error: the record ends before its data; write: MD data"]
    ),
    (
      "www DNAME a. b.\n",
      ["1:14: error: \"b.\" is more than the record can hold; write: DNAME target"]
    ),
    (
      "www TXT\n",
      ["1:8: error: the record ends before its text; write: TXT text"]
    ),
    (
      "www HIP 2 0g AA==\n",
      [
        "1:11: error: identity-tag \"0g\" of HIP is not hexadecimal; write two digits of 0-9 and a-f for each octet"
      ]
    ),
    (
      "www WKS 192.0.2.1 foo 1\n",
      [
        "1:19: error: services \"foo 1\" of WKS is not a list of services; write a protocol and ports, like tcp 25 80"
      ]
    ),
    (
      "www RRSIG A 13 2 300 20301301000000 20260101000000 1 . AAAA\n",
      [
        "1:22: error: expiration \"20301301000000\" of RRSIG is not a time; write YYYYMMDDHHmmSS, or seconds since 1970"
      ]
    ),
    (
      "www TXT \"\(String(repeating: "x", count: 256))\"\n",
      ["1:9: error: a character string is longer than 255 octets; split it into several quoted strings"]
    ),
    (
      "www TXT \(String(repeating: "a ", count: 32768))\n",
      ["1:5: error: the data of the record is longer than 65535 octets"]
    ),
  ]

  @Test(arguments: cases)
  func diagnostics(_ text: String, _ expected: [String]) throws {
    let sink = try read(text + "\n")
    #expect(sink.diagnostics.map(\.afterFile) == expected)
  }
}
