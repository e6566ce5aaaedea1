import DNSWire
import TestSupport
import Testing

@testable import Locations

/// Files of times between clients' networks and locations.
@Suite struct ResponseTimesTests {
  private let folder = TemporaryFolder()

  private func read(_ text: String) throws -> ResponseTimes {
    try ResponseTimes(file: folder.write("times", text))
  }

  private func text(_ times: ResponseTimes, _ client: String) throws -> String {
    times[try #require(IPAddress(client))].map { "\($0.location) \($0.time)" }.joined(separator: ", ")
  }

  @Test func timesOfAddresses() throws {
    let times = try read(
      """
      # Measured by hand.
      10.0.0.0/8      fra 20
      10.0.0.0/8\tNYC\t85.1234 # far

      10.1.0.0/16     fra 90\r
      10.1.2.3        syd .5
      2001:db8::/32   nyc 1e1
      198.51.100.0/24 b 7
      198.51.100.0/24 a 7
      0.0.0.0/0       syd 60000

      """)
    let expected = [
      ("10.2.3.4", "fra 20000, nyc 85123, syd 60000000"), ("10.1.3.4", "nyc 85123, fra 90000, syd 60000000"),
      // A location's time is that of the longest network that has one to it.
      ("10.1.2.3", "syd 500, nyc 85123, fra 90000"), ("2001:db8::1", "nyc 10000"), ("2001:db9::1", ""),
      ("198.51.100.255", "a 7000, b 7000, syd 60000000"), ("192.0.2.1", "syd 60000000"),
      ("64:ff9b::10.2.3.4", "fra 20000, nyc 85123, syd 60000000"),
    ]
    for (client, row) in expected { #expect(try text(times, client) == row, "\(client)") }
    #expect(times.networkCount == 6 && times.timeCount == 8)
  }

  /// What the longest network says of each location, by looking at them all.
  @Test func randomTimes() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    let names = ["a", "b", "c", "d"]
    for _ in 0..<20 {
      let networks = source.networks(.v4, count: 40) + source.plainNetworks(.v6, count: 40)
      var seen: Set<String> = []
      // The value of a network here is the location that it has a time to.
      let lines = networks.filter { seen.insert("\($0.address)/\($0.length) \($0.value)").inserted }
        .enumerated().map { index, network in (network, time: index) }
      let times = try read(
        lines.map { "\($0.address)/\($0.length) \(names[Int($0.value)]) \($1)\n" }.joined())
      for family in [IPAddress.Family.v4, .v6] {
        let all = NaiveTable(networks: networks, outside: 9)
        for bits in all.edges(family).flatMap({ [$0, $0 &- 1] }) {
          let address = IPAddress(family, bits: bits)
          guard address.family == family, address == address.untranslated else { continue }
          var expected: [(time: Int, name: String)] = []
          for (value, name) in names.enumerated() {
            let own = lines.filter { $0.0.value == value }.map { line in
              AddressTable.Network(line.0.address, length: line.0.length, value: UInt32(line.time))
            }
            let time = NaiveTable(networks: own, outside: .max).value(of: address)
            if time != .max { expected.append((Int(time) * 1000, name)) }
          }
          let sorted = expected.sorted { $0 < $1 }.map { "\($0.name) \($0.time)" }.joined(separator: ", ")
          #expect(times[address].map { "\($0.location) \($0.time)" }.joined(separator: ", ") == sorted)
        }
      }
    }
  }

  @Test(arguments: [
    ("", "1:1: error: the file has no times; write lines such as 192.0.2.0/24 fra 12.5"),
    ("# none\n", "2:1: error: the file has no times; write lines such as 192.0.2.0/24 fra 12.5"),
    (
      "10.0.0.0/8 fra 5\n  10.0.0.0/9 fra\n",
      "2:3: error: three words are needed, a network, a location and milliseconds: 192.0.2.0/24 fra 12.5"
    ),
    (
      "10.0.0.0/8 fra 5 ms",
      "1:18: error: three words are needed, a network, a location and milliseconds: 192.0.2.0/24 fra 12.5"
    ),
    ("fra 10.0.0.0/8 5", "1:1: error: 'fra' is neither an address nor a network such as 192.0.2.0/24"),
    (
      "\t10.0.0.0/33 fra 5",
      "1:2: error: '10.0.0.0/33' has no length of a network behind its '/'; that is 0 to 32"
    ),
    ("10.1.0.0/8 fra 5", "1:1: error: 10.1.0.0/8 has bits beyond its length; write 10.0.0.0/8"),
    (
      "64:ff9b::10.0.0.0/104 fra 5",
      "1:1: error: 64:ff9b::a00:0/104 is a network of IPv4 addresses; write 10.0.0.0/8"
    ),
    (
      "::ffff:10.0.0.0/104 fra 5",
      "1:1: error: '::ffff:10.0.0.0/104' is of IPv4 addresses; write 10.0.0.0 and a length of 0 to 32"
    ),
    (
      "::ffff:10.0.0.0/8 fra 5",
      "1:1: error: '::ffff:10.0.0.0/8' is of IPv4 addresses; write 10.0.0.0 and a length of 0 to 32"
    ),
    ("10.0.0.0/8 fra 0x10", "1:16: error: '0x10' is no time; write milliseconds, 0 to 60000, such as 12.5"),
    ("10.0.0.0/8 fra 5ms", "1:16: error: '5ms' is no time; write milliseconds, 0 to 60000, such as 12.5"),
    ("10.0.0.0/8 fra -1", "1:16: error: '-1' is no time; write milliseconds, 0 to 60000, such as 12.5"),
    ("10.0.0.0/8 fra nan", "1:16: error: 'nan' is no time; write milliseconds, 0 to 60000, such as 12.5"),
    ("10.0.0.0/8 fra 60001", "1:16: error: '60001' is no time; write milliseconds, 0 to 60000, such as 12.5"),
    (
      "10.0.0.0/8 fra 5\n10.0.0.0/8 FRA 6",
      "2:1: error: 10.0.0.0/8 has a time to fra further up; keep one of them"
    ),
  ])
  func mistakes(_ text: String, _ expected: String) throws {
    let error = try #require(throws: ResponseTimes.ReadError.self) { try read(text) }
    #expect(error.description == "\(folder.path)/times:\(expected)")
  }

  @Test func notAllMistakesAreTold() throws {
    let error = try #require(throws: ResponseTimes.ReadError.self) {
      try read(String(repeating: "x\n", count: 1000))
    }
    #expect(error.description.split(separator: "\n").count == 20)
    #expect(throws: ResponseTimes.ReadError.unreadable("No such file or directory")) {
      try ResponseTimes(file: "\(folder.path)/none")
    }
  }
}
