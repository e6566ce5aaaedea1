import DNSWire
import TestSupport
import Testing

@testable import Control

/// `swiftlet explain`, without a process.
struct ExplainTests {
  private let zone = PoolZone()

  private func lines(_ question: PoolQuestion, client: String? = nil) throws -> [String] {
    try PoolExplainer(question: question, client: client).report()
  }

  @Test func tellsWhatStagesDo() throws {
    #expect(
      try lines(zone.question("www", down: ["192.0.2.10"])) == [
        "www.example.com. A: policy _lb.www.example.com. steer=up,tier,weighted, TTL 60",
        "  member      weight  tier  state    share",
        "  192.0.2.10       5     1  down       0/5   0.00%",
        "  192.0.2.11       3     1  unknown    3/5  60.00%",
        "  192.0.2.12       2     1  unknown    2/5  40.00%",
        "up: leaves 2",
        "  drops 192.0.2.10: it is down",
        "tier: leaves 2, tier 1",
        "weighted: leaves 2",
        "answers, turn by turn, again after 5:",
        "  192.0.2.11", "  192.0.2.12", "  192.0.2.11", "  192.0.2.12", "  192.0.2.11",
      ])
  }

  @Test func tellsWhatIsMeasuredAndWhereTheClientIs() throws {
    let set = ["192.0.2.50:weight=50%,load=0.8,connections=3", "192.0.2.51:rtt=20ms,state=up"]
    #expect(
      try lines(zone.question("place", type: "a", set: set, nearest: "FRA,nyc", owner: "fra")) == [
        "place.example.com. A: policy _lb.place.example.com. steer=nearest:1,fence,shed:0.7..0.9,weighted check=web, TTL 30..60",
        "client: nearest fra, nyc; its network is of fra",
        "  member      weight  tier  at   state    factor   rtt  connections  load  share",
        "  192.0.2.50       1     1  fra  unknown     50%     -            3   80%    1/1  100.00%",
        "  192.0.2.51       1     1  nyc  up         100%  20ms            -     -    0/1    0.00%",
        "nearest:1: leaves 1",
        "  drops 192.0.2.51: its location is number 2 in the client's order",
        "fence: leaves 1",
        "shed:0.7..0.9: leaves 1",
        "  weighs 192.0.2.50 by 0.5",
        "weighted: leaves 1",
        "answer:",
        "  192.0.2.50",
      ])
  }

  @Test(
    arguments: [
      // Name, what is set, and lines that tell why.
      (
        "place", [],
        [
          "nearest:1: leaves 2 (nothing is known of where the client is)",
          "fence: leaves 2 (no location owns the client's network; none is left, so fail=open takes all)",
          "shed:0.7..0.9: leaves 2 (all weigh alike)",
        ]
      ),
      (
        "busy", ["192.0.2.70:rtt=10ms,connections=1", "192.0.2.71:rtt=20ms,connections=0"],
        [
          "fastest: leaves 2", "  weighs 192.0.2.71 by 0.5", "weighted-least-conn: leaves 2",
          "  weighs 192.0.2.70 by 0.5",
        ]
      ),
      (
        "last", ["192.0.2.41:state=down"],
        [
          "last.example.com. A: policy _lb.last.example.com. steer=up,tier,weighted answers=2 check=web fail=last panic=50%, TTL 30",
          "up: leaves 1 (none is left, and fail=last takes all, as it knows no last answer)",
        ]
      ),
      (
        "closed", ["192.0.2.40:state=down"],
        ["up: leaves 0 (none is left, and fail=closed keeps it so)", "answer: NODATA"]
      ),
      (
        "x.n", ["192.0.2.20:state=down"],
        [
          "answered though down, as no stage heeds it: 192.0.2.20",
          "answers: one of 32768 turns by the hash of the name",
        ]
      ),
    ] as [(String, [String], [String])])
  func tellsWhy(_ name: String, _ set: [String], _ expected: [String]) throws {
    let lines = try lines(zone.question(name, type: "A", set: set))
    for line in expected { #expect(lines.contains(line), "\(lines)") }
  }

  @Test(
    arguments: [
      ("www", "answers, turn by turn, again after 10, whoever asks:", 10),
      ("dice", "answers: one of 2 turns at random, whoever asks", 0),
      ("x.s", "answers: one of 32768 turns by the hash of the client's network", 1),
      ("x.n", "answers: one of 32768 turns by the hash of the name, whoever asks", 1),
    ])
  func tellsWhetherTheClientMatters(_ name: String, _ line: String, _ answers: Int) throws {
    let lines = try lines(zone.question(name), client: "198.51.100.7/24")
    #expect(lines.dropLast(answers).last == line)
  }

  @Test func tellsBothFamilies() throws {
    let lines = try lines(zone.question("place"))
    #expect(lines.filter { $0.contains(": policy ") }.count == 2)
    #expect(lines.contains(""))
  }

  @Test func writesJSON() throws {
    let explainer = PoolExplainer(
      question: zone.question("cdn", set: ["ONE.example.net:state=down,rtt=5ms"]), json: true)
    #expect(
      try explainer.report() == [
        #"{"pools":[{"name":"cdn.example.com.","type":"CNAME","policy":"_lb.cdn.example.com.","#
          + #""settings":{"steer":"tier,weighted"},"ttl":60,"ttl-least":60,"#
          + #""client":{"network":null,"nearest":[],"owner":null},"members":["#
          + #"{"member":"one.example.net.","weight":1,"tier":1,"at":null,"state":"down","factor":1.0,"#
          + #""rtt":5.0,"connections":null,"load":null,"orders":[],"share":{"part":0,"whole":1,"percent":"0.00%"}},"#
          + #"{"member":"two.example.net.","weight":1,"tier":2,"at":null,"state":"unknown","factor":1.0,"#
          + #""rtt":null,"connections":null,"load":null,"orders":[],"share":{"part":1,"whole":1,"percent":"100.00%"}}],"#
          + #""stages":[{"stage":"tier","left":1,"tier":2,"note":null,"#
          + #""dropped":[{"member":"one.example.net.","reason":"too little of tier 1 is alive"}],"weighed":[]},"#
          + #"{"stage":"weighted","left":1,"tier":null,"note":null,"dropped":[],"weighed":[]}],"#
          + #""order":"cycle","turns":1,"next":[["two.example.net."]],"sticky":null}]}"#
      ])
  }

  @Test(
    arguments: [
      (
        "plain",
        ["plain.example.com. A: no policy; its 2 addresses are rotated, each comes first equally often"]
      ),
      ("ns1", ["ns1.example.com. A: no policy; its one address is answered"]),
      ("alias", ["alias.example.com. CNAME: no policy; it is an alias, so ask for www.example.com."]),
    ])
  func tellsOfNamesWithoutPolicy(_ name: String, _ expected: [String]) throws {
    #expect(try lines(zone.question(name)) == expected)
  }

  /// What is explained is what is answered.
  @Test func agreesWithTheServer() throws {
    let (server, client) = try ServerProcess.serving(zone.folder)
    for number in 0..<20 {
      for parent in ["s", "n"] {
        let name = "host\(number).\(parent)"
        let subject = try zone.question(name).subject()
        let explanations = subject.explanations(from: try ClientNetwork(parsing: "127.0.0.0/24"))
        #expect(try client.ask("\(name).example.com") == "0 " + (explanations[0].stickyAnswer?.first ?? ""))
      }
    }
    for answer in try zone.question("www").subject().explanations()[0].firstAnswers {
      #expect(try client.ask("www.example.com") == "0 \(answer)")
    }
    #expect(try server.stop() == 0)
  }
}

extension Explanation {
  fileprivate var firstAnswers: [String] { choice.schedule.turns.indices.map { answer(at: $0)[0] } }
}
