import TestSupport
import Testing

@testable import Control

/// `swiftlet explain` and `swiftlet simulate`, without a process.
struct ExplainingTests {
  private static let zone = """
    $TTL 60
    @ IN SOA ns1 hostmaster 1 7200 900 1209600 300
    @ IN NS ns1
    ns1 IN A 192.0.2.53
    www IN A 192.0.2.10
    www IN A 192.0.2.11
    www IN A 192.0.2.12
    _lb.www IN TXT "member=192.0.2.10" "weight=5"
    _lb.www IN TXT "member=192.0.2.11" "weight=3"
    _lb.www IN TXT "member=192.0.2.12" "weight=2"
    *.s IN A 192.0.2.20
    *.s IN A 192.0.2.21
    _lb.*.s IN TXT "steer=hash:client"
    _lb.cdn IN TXT "steer=tier,weighted"
    _lb.cdn IN TXT "member=one.example.net."
    _lb.cdn IN TXT "member=two.example.net." "tier=2"
    closed IN A 192.0.2.40
    _lb.closed IN TXT "steer=up,weighted" "fail=closed" "check=web"
    web._check IN TXT "type=tcp port=80"
    plain IN A 192.0.2.30
    plain IN A 192.0.2.31

    """

  private let folder = TemporaryFolder()

  init() { folder.write("example.com.zone", Self.zone) }

  private func question(_ name: String, type: String? = nil, down: [String] = []) -> PoolQuestion {
    PoolQuestion(path: folder.path, name: name, type: type, down: down)
  }

  @Test func explainsWhatStagesDo() throws {
    let question = question("www.example.com", down: ["192.0.2.10"])
    #expect(
      try PoolExplainer(question: question).report() == [
        "www.example.com. A: policy _lb.www.example.com., steer=up,tier,weighted, fail=open, TTL 60",
        "  member      weight  tier  at  state    share",
        "  192.0.2.10       5     1  -   down       0/5   0.00%",
        "  192.0.2.11       3     1  -   unknown    3/5  60.00%",
        "  192.0.2.12       2     1  -   unknown    2/5  40.00%",
        "up: leaves 2",
        "  drops 192.0.2.10: it is down",
        "tier: leaves 2, tier 1",
        "weighted: leaves 2",
        "answers, turn by turn, again after 5:",
        "  192.0.2.11", "  192.0.2.12", "  192.0.2.11", "  192.0.2.12", "  192.0.2.11",
      ])
  }

  @Test func explainsFailover() throws {
    let explainer = PoolExplainer(
      question: question("cdn.example.com", down: ["ONE.example.net"]), json: true)
    #expect(
      try explainer.report() == [
        #"{"pools":[{"name":"cdn.example.com.","type":"CNAME","policy":"_lb.cdn.example.com.","#
          + #""steer":"tier,weighted","fail":"open","ttl":60,"members":["#
          + #"{"member":"one.example.net.","weight":1,"tier":1,"at":null,"state":"down","#
          + #""share":{"part":0,"whole":1,"percent":"0.00%"}},"#
          + #"{"member":"two.example.net.","weight":1,"tier":2,"at":null,"state":"unknown","#
          + #""share":{"part":1,"whole":1,"percent":"100.00%"}}],"stages":["#
          + #"{"stage":"tier","left":1,"outcome":"leaves 1, tier 2","#
          + #""effects":["drops one.example.net.: too little of tier 1 is alive"]},"#
          + #"{"stage":"weighted","left":1,"outcome":"leaves 1","effects":[]}],"#
          + #""turns":1,"next":[["two.example.net."]],"sticky":null}]}"#
      ])
  }

  @Test func explainsStickyWildcard() throws {
    let lines = try PoolExplainer(question: question("x.s.example.com"), client: "198.51.100.7").report()
    #expect(
      lines.first == "x.s.example.com. A: policy _lb.*.s.example.com., steer=hash:client, fail=open, TTL 60")
    #expect(lines.last == "  198.51.100.7: 192.0.2.21")
  }

  @Test func explainsNoAnswer() throws {
    let lines = try PoolExplainer(question: question("closed.example.com", down: ["192.0.2.40"])).report()
    #expect(lines.contains("up: leaves 0 (none would be left: fail=closed)"))
    #expect(lines.last == "answer: NODATA")
  }

  @Test func explainsNamesWithoutPolicy() throws {
    #expect(
      try PoolExplainer(question: question("plain.example.com")).report() == [
        "plain.example.com. A: no policy; its 2 addresses are rotated, each comes first equally often"
      ])
    #expect(
      try PoolExplainer(question: question("ns1.example.com")).report() == [
        "ns1.example.com. A: no policy; its one address is answered"
      ])
  }

  @Test func simulatesWeightsExactly() throws {
    #expect(
      try PoolSimulator(question: question("www.example.com"), queries: 1000, hasBars: true).report() == [
        "www.example.com. A: steer=up,tier,weighted, 1000 queries",
        "  member      expected          got",
        "  192.0.2.10      5/10  50.00%  500  50.00%  " + String(repeating: "█", count: 20),
        "  192.0.2.11      3/10  30.00%  300  30.00%  " + String(repeating: "█", count: 12),
        "  192.0.2.12      2/10  20.00%  200  20.00%  " + String(repeating: "█", count: 8),
      ])
  }

  @Test func oneNetworkSticksToOneMember() throws {
    let simulator = PoolSimulator(
      question: question("x.s.example.com"), queries: 50, clients: ["198.51.100.0/24"])
    #expect(
      try simulator.report().suffix(2) == [
        "  192.0.2.20  8196/16384  50.02%    0    0.00%",
        "  192.0.2.21  8188/16384  49.98%   50  100.00%",
      ])
  }

  @Test func aSeedRepeats() throws {
    let simulator = PoolSimulator(question: question("x.s.example.com"), queries: 2000, seed: 7)
    #expect(try simulator.report() == simulator.report())
  }

  @Test(
    arguments: [
      ("none.example.com", nil, [], "none.example.com. does not exist in zone example.com. (NXDOMAIN)", 1),
      ("www.example.com", "AAAA", [], "www.example.com. has no AAAA records (NODATA)", 1),
      ("www.example.com", "MX", [], "'MX' is not a type that policies steer; those are A and AAAA", 64),
      (
        "www.example.com", nil, ["192.0.2.99"],
        "192.0.2.99 is not a member of the policy of www.example.com., so it cannot be down", 1
      ),
      ("www.example.com", nil, ["1.2.3"], "'1.2.3' is neither an address nor a name", 64),
    ] as [(String, String?, [String], String, Int32)])
  func complains(_ name: String, _ type: String?, _ down: [String], _ message: String, _ status: Int32) {
    var complaints: [String] = []
    let explainer = PoolExplainer(question: question(name, type: type, down: down))
    let result = explainer.run(
      output: { Issue.record("unexpected: \($0)") }, complaint: { complaints.append($0) })
    #expect(complaints == [message])
    #expect(result.rawValue == status)
  }

  @Test func complainsOfOtherZones() {
    #expect(throws: PoolFailure(message: "no zone of \(folder.path) holds www.example.org.")) {
      try PoolExplainer(question: question("www.example.org")).report()
    }
  }
}
