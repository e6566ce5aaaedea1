import Testing

@testable import Control

struct OrderReportTests {
  static let members = [
    OrderReport.Member(
      name: "www.a.example.", type: "A", member: "192.0.2.1", share: 0, isAnswered: false,
      cachedUntil: 1_767_323_105),
    OrderReport.Member(
      name: "b.example.", type: "CNAME", member: "cdn.example.net.", share: 0.125, isAnswered: true),
    OrderReport.Member(name: "c.example.", type: "A", member: "192.0.2.1", share: 0, isAnswered: false),
    OrderReport.Member(
      name: "d.example.", type: "A", member: "192.0.2.1", share: 0.5, isAnswered: true, fallback: "open"),
    OrderReport.Member(
      name: "e.example.", type: "A", member: "192.0.2.1", share: 0, isAnswered: true, fallback: "closed"),
  ]

  @Test(
    arguments: [
      (
        OrderReport(verb: "drain", time: 1_767_323_045, until: 1_767_330_245, members: members),
        [
          "www.a.example. A 192.0.2.1: drain, for 2h: share 0.00%; caches may hold it for 1m more, until 2026-01-02T03:05:05Z",
          "b.example. CNAME cdn.example.net.: drain, for 2h: share 12.50%; it is answered on, as no other member can be",
          "c.example. A 192.0.2.1: drain, for 2h: share 0.00%",
          "d.example. A 192.0.2.1: drain, for 2h: share 50.00%; it is answered on, as no member is left and fail=open decides",
          "e.example. A 192.0.2.1: drain, for 2h: share 0.00%; clients of some places are answered with it on, as no other member can be",
        ]
      ),
      (
        OrderReport(verb: "up", time: 1_767_323_045, until: nil, members: Array(members[1...1])),
        ["b.example. CNAME cdn.example.net.: up: share 12.50%"]
      ),
    ]) func textAndJSON(_ report: OrderReport, _ lines: [String]) throws
  {
    #expect(report.lines == lines)
    #expect(OrderReport(try JSONReader.read(Array(report.json.text.utf8))) == report)
  }

  @Test func beats() throws {
    let report = BeatReport(checks: [BeatReport.Check(name: "self", lease: 2.5)])
    #expect(report.lines == ["check self: heard, which holds for 2.5s"])
    #expect(BeatReport(try JSONReader.read(Array(report.json.text.utf8))) == report)
    #expect(BeatReport(.object([])) == nil)
  }
}
