import TestSupport
import Testing

@testable import Control

/// `swiftlet diff`, without a process.
struct PoolDiffTests {
  private static let head = ZoneText.head + "\n"

  private static let pool = """
    web._check IN TXT "type=tcp port=80"
    fra._at IN LOC 50 6 37 N 8 40 55 E 112m
    www IN A 192.0.2.1
    www IN A 192.0.2.2
    _lb.www IN TXT "steer=up,tier,nearest,weighted check=web"
    _lb.www IN TXT "member=192.0.2.1 weight=3 at=fra"
    _lb.www IN TXT "member=192.0.2.2 weight=1 at=fra"

    """

  private let old = TemporaryFolder()
  private let new = TemporaryFolder()

  private func diff(json: Bool = false) async throws -> [String] {
    try await PoolDiff(old: old.path, new: new.path, json: json).report().get()
  }

  /// The difference between two versions of a zone.
  private func diff(_ before: String, _ after: String) async throws -> [String] {
    old.write("example.com.zone", Self.head + before)
    new.write("example.com.zone", Self.head + after)
    return try await diff()
  }

  @Test func tellsThatNothingChanges() async throws {
    #expect(try await diff(Self.pool, Self.pool) == ["no pool changes"])
    let shuffled = Self.pool.split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    #expect(try await diff(Self.pool, shuffled.replacing("www", with: "WWW")) == ["no pool changes"])
    #expect(try await diff("", "other IN A 192.0.2.9\n") == ["no pool changes"])
  }

  @Test(
    arguments: [
      (
        "weight=3 at=fra", "weight=2 at=fra",
        [
          "  member     before          after", "  192.0.2.1     3/4  75.00%    2/3  66.67%  weight 3 -> 2",
          "  192.0.2.2     1/4  25.00%    1/3  33.33%",
        ]
      ),
      (
        "weight=3 at=fra", "weight=3 at=fra tier=2",
        [
          "  member     before          after", "  192.0.2.1     3/4  75.00%    0/1    0.00%  tier 1 -> 2",
          "  192.0.2.2     1/4  25.00%    1/1  100.00%",
        ]
      ),
      (
        "weight=3 at=fra", "weight=3",
        [
          "  member     before          after", "  192.0.2.1     3/4  75.00%    3/4  75.00%  at fra -> none",
          "  1 member as before",
        ]
      ),
      (
        "192.0.2.2", "192.0.2.4",
        [
          "  member     before          after", "  192.0.2.4       -            1/4  25.00%  new",
          "  192.0.2.2     1/4  25.00%      -          gone", "  1 member as before",
        ]
      ),
      (
        "check=web", "check=web fail=last panic=50% ttl=5..30 answers=2",
        [
          "  answers: default -> 2", "  fail: open -> last", "  panic: 1 -> 50%", "  ttl: 30..60 -> 5..30",
          "  2 members as before",
        ]
      ),
      ("weighted check", "random check", ["  steer: up,tier,nearest:1,weighted -> up,tier,nearest:1,random"]),
      ("port=80", "port=81", ["  check web: defined otherwise", "  2 members as before"]),
      ("50 6 37", "51 6 37", ["  location fra: defined otherwise", "  2 members as before"]),
      ("$TTL 60", "$TTL 90", ["  ttl: 30..60 -> 45..90", "  2 members as before"]),
    ])
  func tellsWhatChanges(_ text: String, _ replacement: String, _ expected: [String]) async throws {
    old.write("example.com.zone", Self.head + Self.pool)
    new.write("example.com.zone", (Self.head + Self.pool).replacing(text, with: replacement))
    let lines = try await diff()
    #expect(lines.first == "www.example.com. A: changed")
    for line in expected { #expect(lines.contains(line), "\(lines)") }
    #expect(lines.last == "pools: 1 changed, 0 added, 0 removed, 0 as before")
  }

  @Test func tellsOfPoolsThatComeAndGo() async throws {
    let other = Self.pool.replacing("www", with: "web").replacing("fra", with: "nyc")
    #expect(
      try await diff(Self.pool, other) == [
        "web.example.com. A: policy added", "  steer: up,tier,nearest:1,weighted", "  check: web",
        "  ttl: 30..60",
        "  member     after", "  192.0.2.1    3/4  75.00%", "  192.0.2.2    1/4  25.00%",
        "www.example.com. A: policy removed", "pools: 0 changed, 1 added, 1 removed, 0 as before",
      ])
  }

  /// When a member goes, its clients move, and no others.
  @Test(arguments: ["client", "name"])
  func tellsWhoMoves(_ key: String) async throws {
    let members = (1...4).map { "app IN A 192.0.2.\($0)\n" }.joined()
    let policy = "_lb.app IN TXT \"steer=hash:\(key)\"\n"
    let lines = try await diff(members + policy, members.replacing("app IN A 192.0.2.4\n", with: "") + policy)
    let gone = try #require(lines.first { $0.hasSuffix("gone") })
    let share = try #require(gone.split(separator: " ").first { $0.hasSuffix("%") })
    #expect(lines.first == "app.example.com. A: changed, \(share) of \(key)s move")
  }

  @Test func countsNamesOfTheClosestZoneOnly() async throws {
    old.write("example.com.zone", Self.head + Self.pool.replacing("www", with: "www.sub"))
    new.write("example.com.zone", Self.head + Self.pool.replacing("www", with: "www.sub"))
    new.write("sub.example.com.zone", Self.head)
    #expect(
      try await diff() == [
        "www.sub.example.com. A: policy removed", "pools: 0 changed, 0 added, 1 removed, 0 as before",
      ])
  }

  @Test func writesJSON() async throws {
    old.write("example.com.zone", Self.head + "_lb.cdn IN TXT \"member=a.example.\"\n")
    new.write(
      "example.com.zone",
      Self.head + "_lb.cdn IN TXT \"member=b.example.\"\n_lb.cdn IN TXT \"steer=hash:client\"\n")
    #expect(
      try await diff(json: true) == [
        #"{"pools":[{"name":"cdn.example.com.","type":"CNAME","change":"changed","settings":["#
          + #"{"key":"steer","before":"up,tier,weighted","after":"hash:client"}],"redefined":[],"members":["#
          + #"{"member":"b.example.","before":null,"after":{"part":32768,"whole":32768,"percent":"100.00%"},"notes":[]},"#
          + #"{"member":"a.example.","before":{"part":1,"whole":1,"percent":"100.00%"},"after":null,"notes":[]}],"#
          + #""moved":null,"clients":[],"clients-omitted":0}],"changed":1,"added":0,"removed":0,"same":0}"#
      ])
  }

  @Test func tellsAllErrors() async {
    let file = new.write("example.com.zone", Self.head + "www IN A 1.2.3\n")
    old.write("a..b.zone", "")
    old.write("example.com.zone", Self.head)
    let message = "\"1.2.3\" is not an IPv4 address; write four numbers of 0 to 255, like 192.0.2.1"
    let result = await PoolDiff(old: old.path, new: new.path).report()
    #expect(
      result
        == .failure(
          PoolFailure(
            "\(old.path)/a..b.zone:1:1: error: not a domain name: a label is empty; dots stand between labels, never two in a row or in front",
            "\(file):5:10: error: \(message)", "example.com. refused: 1 error")))
    let missing = await PoolDiff(old: "/nonexistent", new: "/nonexistent").report()
    let reason = "cannot read the folder /nonexistent: No such file or directory"
    #expect(missing == .failure(PoolFailure(reason, reason)))
  }

  @Test func refusesAFileBesideAFolder() async {
    let file = new.write("example.com.zone", Self.head)
    old.write("example.com.zone", Self.head)
    let result = await PoolDiff(old: old.path, new: file).report()
    #expect(
      result
        == .failure(.usage("\(file) is a file and \(old.path) is not; compare two folders, or two files")))
    let files = await PoolDiff(old: "\(old.path)/example.com.zone", new: file).report()
    #expect(files == .success(["no pool changes"]))
  }
}
