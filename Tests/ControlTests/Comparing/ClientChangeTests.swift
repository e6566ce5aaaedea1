import TestSupport
import Testing

@testable import Control

/// What `swiftlet diff` says of clients of whom something is known.
struct ClientChangeTests {
  private static let zone = """
    \(ZoneText.head)
    fra._at IN LOC 50 06 0 N 8 40 0 E 100m
    fra._at IN APL 1:10.1.0.0/16 1:10.2.0.0/16
    nyc._at IN LOC 40 42 0 N 74 0 0 W 10m
    nyc._at IN APL 1:10.3.0.0/16
    near IN A 192.0.2.1
    near IN A 192.0.2.2
    near IN A 192.0.2.3
    _lb.near IN TXT "steer=nearest,weighted"
    _lb.near IN TXT "member=192.0.2.1 weight=1 at=fra"
    _lb.near IN TXT "member=192.0.2.2 weight=1 at=fra"
    _lb.near IN TXT "member=192.0.2.3 weight=2 at=nyc"
    plain IN A 192.0.2.9
    _lb.plain IN TXT "steer=weighted"

    """

  private let old = TemporaryFolder()
  private let new = TemporaryFolder()

  private func diff(_ before: String, _ after: String, json: Bool = false) async throws -> [String] {
    old.write("example.com.zone", before)
    new.write("example.com.zone", after)
    return try await PoolDiff(old: old.path, new: new.path, json: json).report().get()
  }

  @Test(
    arguments: [
      // What is put in place of what, and what is said of clients.
      (
        "1:10.2.0.0/16", "",
        [
          "  clients of 10.2.0.0/16 (nearest fra,nyc -> unknown)", "    member     before          after",
          "    192.0.2.1     1/2  50.00%    1/4  25.00%", "    192.0.2.2     1/2  50.00%    1/4  25.00%",
          "    192.0.2.3     0/2   0.00%    2/4  50.00%",
        ]
      ),
      // Of several networks the widest is told.
      (
        "1:10.1.0.0/16 1:10.2.0.0/16", "1:10.1.0.0/16 1:10.2.0.0/16 1:10.8.0.0/14 1:10.7.0.0/16",
        [
          "  clients of 10.8.0.0/14 and 1 more network (nearest unknown -> fra,nyc)",
          "    member     before          after", "    192.0.2.1     1/4  25.00%    1/2  50.00%",
          "    192.0.2.2     1/4  25.00%    1/2  50.00%", "    192.0.2.3     2/4  50.00%    0/2   0.00%",
        ]
      ),
      // Clients of the other location have the same as before.
      (
        "weight=1 at=fra", "weight=3 at=fra",
        [
          "  clients of 10.1.0.0/16 and 1 more network (nearest fra,nyc)",
          "    member     before          after", "    192.0.2.1     1/2  50.00%    3/4  75.00%",
          "    192.0.2.2     1/2  50.00%    1/4  25.00%",
        ]
      ),
      // A location of no pool owns clients, who are then where it is.
      (
        "near IN A 192.0.2.1",
        "bos._at IN LOC 42 21 0 N 71 3 0 W 10m\nbos._at IN APL 2:2001:db8::/32\nnear IN A 192.0.2.1",
        [
          "  3 members as before", "  clients of 2001:db8::/32 (nearest unknown -> nyc,fra)",
          "    member     before          after", "    192.0.2.1     1/4  25.00%    0/1    0.00%",
          "    192.0.2.2     1/4  25.00%    0/1    0.00%", "    192.0.2.3     2/4  50.00%    1/1  100.00%",
        ]
      ),
      (
        "steer=nearest,weighted", "steer=fence,weighted fail=closed",
        ["  192.0.2.3     2/4  50.00%      0  0.00%", "pools: "]
      ),
      (
        "steer=nearest,weighted\"\n_lb.near IN TXT \"member=192.0.2.1 weight=1",
        "steer=fence,weighted\"\n_lb.near IN TXT \"member=192.0.2.1 weight=3",
        [
          "  clients of 10.1.0.0/16 and 1 more network (of nobody -> fra, nearest fra,nyc -> unknown)",
          "    member     before          after", "    192.0.2.1     1/2  50.00%    3/4  75.00%",
          "    192.0.2.2     1/2  50.00%    1/4  25.00%", "pools: ",
        ]
      ),
      // Clients of whom nothing is known are where the policy says.
      (
        "steer=nearest,weighted", "steer=nearest,weighted default-at=nyc",
        ["  192.0.2.3     2/4  50.00%    1/1  100.00%"]
      ),
    ])
  func tellsOfKnownClients(_ text: String, _ replacement: String, _ expected: [String]) async throws {
    let lines = try await diff(Self.zone, Self.zone.replacing(text, with: replacement, maxReplacements: 1))
    #expect(lines.first == "near.example.com. A: changed")
    #expect(lines.joined(separator: "\n").contains(expected.joined(separator: "\n")), "\(lines)")
    #expect(lines.last == "pools: 1 changed, 0 added, 0 removed, 1 as before")
  }

  /// What no client notices is no change, even where locations look otherwise.
  @Test func tellsOnlyWhatClientsNotice() async throws {
    let moved = "fra._at IN APL 1:10.2.0.0/16 1:10.1.0.0/17 1:10.1.128.0/17"
    let same = Self.zone.replacing("fra._at IN APL 1:10.1.0.0/16 1:10.2.0.0/16", with: moved)
    #expect(
      try await diff(Self.zone, same) == [
        "near.example.com. A: changed", "  location fra: defined otherwise", "  3 members as before",
        "pools: 1 changed, 0 added, 0 removed, 1 as before",
      ])
    let more = Self.zone + "bos._at IN APL 1:198.51.100.0/24\nbos._at IN LOC 50 06 0 N 8 40 0 E 100m\n"
    let there = more.replacing("50 06 0 N 8 40", with: "50 06 0 N 8 41")
    #expect(
      try await diff(
        more, there.replacing("fra._at IN LOC 50 06 0 N 8 41", with: "fra._at IN LOC 50 06 0 N 8 40")) == [
          "no pool changes"
        ])
  }

  /// The files that say where clients are count, too.
  @Test func readsWhereClientsAre() async throws {
    let times = old.write("rtt.txt", "11.0.0.0/8 fra 9\n")
    var configuration = Configuration()
    configuration.locations = LocationSource(times: times)
    old.write("example.com.zone", Self.zone)
    new.write("example.com.zone", Self.zone.replacing("weight=1", with: "weight=3", maxReplacements: 1))
    let lines = try await PoolDiff(
      old: "\(old.path)/example.com.zone", new: "\(new.path)/example.com.zone", configuration: configuration
    ).report().get()
    #expect(lines.contains { $0 == "  clients of 11.0.0.0/8 and 2 more networks (nearest fra)" }, "\(lines)")
    configuration.locations = LocationSource(times: "\(times).none")
    let failure = await PoolDiff(old: old.path, new: new.path, configuration: configuration).report()
    #expect(throws: PoolFailure("\(times).none: cannot read the file: No such file or directory")) {
      try failure.get()
    }
  }

  /// Many groups of clients do not drown the report.
  @Test func tellsOfSoManyClientsOnly() async throws {
    let head =
      "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.53\n_lb.many TXT \"steer=nearest,weighted\"\n"
    func zone(_ shift: Int) -> String {
      head
        + (0..<25).map { index in
          """
          l\(index)._at APL 1:10.\(index).0.0/16
          many A 192.0.2.\(index)
          _lb.many TXT "member=192.0.2.\(index) at=l\((index + shift) % 25)"

          """
        }.joined()
    }
    let lines = try await diff(zone(0), zone(1))
    #expect(lines.count { $0.hasPrefix("  clients of 10.") } == 20)
    #expect(lines.contains("  and 5 more groups of clients"))
    let json = try await diff(zone(0), zone(1), json: true)
    #expect(json.count == 1 && json[0].contains(#""clients-omitted":5}]"#))
    let client =
      #""clients":[{"network":"10.0.0.0/16","networks":1,"before":{"nearest":["l0"],"owner":null},"#
      + #""after":{"nearest":["l0"],"owner":null},"members":[{"member":"192.0.2.0","before":{"part":1,"whole":1,"#
    #expect(json[0].contains(client), "\(json)")
  }
}
