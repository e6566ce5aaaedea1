import Glibc
import Testing

@testable import Control

/// What the status says, and that it survives its way through JSON.
struct StatusTests {
  static var status: ServerStatus {
    var up = MemberStatus(
      member: "192.0.2.1", policyWeight: 3, weight: 3, answers: 300, expectedShare: 0.6)
    up.state = .up
    up.since = 1_000_000
    up.reason = "200 OK"
    up.responseTime = 1.25
    up.certificateExpiry = 1_000_000 + 40 * 86_400
    var drained = MemberStatus(
      member: "192.0.2.2", policyWeight: 2, weight: 0, answers: 100, expectedShare: 0)
    drained.state = .up
    drained.since = 999_940
    drained.reason = "500 in place of\n200-299"
    drained.load = 0.125
    drained.connections = 7
    drained.orders = [
      OrderStatus("drain", since: 999_000, until: 1_007_200, reason: "new disk", author: "ada"),
      OrderStatus("weight", weight: 2, since: 999_000),
    ]
    var growing = MemberStatus(
      member: "cdn.example.net.", policyWeight: 1, weight: 0.25, answers: 0, expectedShare: 0.4)
    growing.state = .down
    return ServerStatus(
      version: "1.2.3", process: 77, time: 1_000_060, uptime: 90_061, zones: 2, records: 1,
      brokenZones: ["a.example.", "b.example."], isLoading: true, isolatedSince: 1_000_050,
      pools: [
        PoolStatus(
          name: "www.example.com.", type: "A", zone: "example.com.", check: "web", timeToLive: 5,
          fallback: "open", members: [up, drained, growing]),
        PoolStatus(
          name: "b.example.com.", type: "AAAA", zone: "example.com.", check: nil, timeToLive: 60,
          fallback: nil, members: []),
      ])
  }

  @Test func text() {
    #expect(
      Self.status.lines == [
        "swiftlet 1.2.3, process 77, up 1d 1h: 2 zones, 1 record, loading",
        "broken, answered with SERVFAIL: a.example., b.example.",
        "cut off for 10s: too many members fail at once, so states are held",
        "",
        "www.example.com. A: check web, TTL 5; no member is left, and fail=open decides",
        "  member            state       since     weight   share     got  answers     rtt  connections   load  certificate  reason",
        "  192.0.2.1         up             1m          3  60.00%  75.00%      300  1.25ms            -      -      39d 23h  200 OK",
        #"  192.0.2.2         drain (up)     2m     0 of 2   0.00%  25.00%      100       -            7  12.5%            -  drain by ada, 1h 59m left: new disk; weight 2; 500 in place of\n200-299"#,
        "  cdn.example.net.  down            -  0.25 of 1  40.00%   0.00%        0       -            -      -            -  -",
        "",
        "b.example.com. AAAA: no check, TTL 60",
        "  member  state  weight  share  got  answers",
      ])
  }

  @Test func survivesJSON() throws {
    let reply = try JSONReader.read(Array(Self.status.json.text.utf8))
    #expect(ServerStatus(reply) == Self.status)
  }

  @Test func sharesInJSON() throws {
    let members = try #require(Self.status.json["pools"]?.elements?.first?["members"]?.elements)
    #expect(members.map { $0["share-got"]?.double } == [0.75, 0.25, 0])
    let none = MemberStatus(member: "a.", policyWeight: 1, weight: 1, answers: 0, expectedShare: 1)
    #expect(none.json(of: 0).text.contains(#""share-got":null"#))
  }

  @Test func otherWordsAreNoStatus() throws {
    for text in ["{}", "1", #"{"ok":true,"version":"1"}"#] {
      #expect(ServerStatus(try JSONReader.read(Array(text.utf8))) == nil)
    }
  }

  @Test(
    arguments: [
      (-5, "0s"), (0, "0s"), (59, "59s"), (60, "1m"), (61, "1m 1s"), (3_600, "1h"), (3_601, "1h"),
      (3_660, "1h 1m"), (86_399, "23h 59m"), (86_400, "1d"), (90_000, "1d 1h"), (40_000_000, "462d 23h"),
    ]) func ages(_ seconds: Int, _ text: String)
  {
    #expect(Age.text(seconds) == text)
  }

  @Test func display() {
    let size = (lines: 4, columns: 5)
    #expect(LiveDisplay.frame(["a", "b"], over: 0, size).text == "a\u{1b}[K\nb\u{1b}[K\n\u{1b}[J")
    #expect(LiveDisplay.frame(["a"], over: 2, size).text == "\u{1b}[2Aa\u{1b}[K\n\u{1b}[J")
    // What does not fit is cut: a line that wraps, or scrolls off, would be left behind.
    let cut = LiveDisplay.frame(["123456", "12345", "3", "4", "5"], over: 9, size)
    #expect(cut.text == "\u{1b}[3A1234…\u{1b}[K\n12345\u{1b}[K\n… 3 …\u{1b}[K\n\u{1b}[J")
    #expect(cut.count == 3)
  }

  @Test func displayThatIsFull() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    var display = LiveDisplay(descriptor: full)
    #expect(throws: SystemError(action: "write to standard output", code: ENOSPC)) { try display.show(["a"]) }
  }
}
