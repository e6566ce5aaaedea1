/// Zone files for tests.
enum ZoneText {
  /// What a zone begins with, without the end of its last line.
  static let head = """
    $TTL 60
    @ IN SOA ns1 hostmaster 1 7200 900 1209600 300
    @ IN NS ns1
    ns1 IN A 192.0.2.53
    """

  /// A zone whose `www` has the address.
  static func zone(serial: UInt32, address: String = "192.0.2.1") -> String {
    """
    @ 300 IN SOA ns1 hostmaster \(serial) 7200 900 1209600 300
    @ 300 IN NS ns1
    ns1 300 IN A 192.0.2.53
    www 300 IN A \(address)

    """
  }

  static let broken =
    "@ 300 IN SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 300 IN NS ns1\nwww 300 IN A not-an-address\n"
}
