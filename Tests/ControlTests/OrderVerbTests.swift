import Glibc
import TestSupport
import Testing

@testable import Control

/// Orders and beats, as processes: what they answer, and what is answered then.
@Suite(.serialized)
struct OrderVerbTests {
  static let zone = """
    @ 300 IN SOA ns1 hostmaster 1 7200 900 1209600 300
    @ 300 IN NS ns1
    ns1 300 IN A 192.0.2.53
    www 60 IN A 192.0.2.1
    www 60 IN A 192.0.2.2
    _lb.www IN TXT "steer=weighted" "ttl=30"
    _lb.www IN TXT "member=192.0.2.1" "weight=3"
    shop 60 IN A 192.0.2.1
    _lb.shop IN TXT "steer=weighted"
    self 60 IN A 192.0.2.3
    self 60 IN A 192.0.2.4
    _lb.self IN TXT "check=self" "fail=closed"
    *.apps 60 IN A 192.0.2.5
    *.apps 60 IN A 192.0.2.6
    _lb.*.apps IN TXT "steer=weighted"
    self._check IN TXT "type=heartbeat interval=1h fall=2 rise=1 start=down"

    """

  final class Subject {
    let folder = TemporaryFolder()
    let server: ServerProcess
    let client: DNSClient

    init(_ configuration: String = "", token: String? = nil) throws {
      folder.write("a.example.zone", OrderVerbTests.zone)
      if let token { folder.write("token", token) }
      let config = folder.write("swiftlet.yaml", "control: control\nstate-file: state\n" + configuration)
      let zones = folder
      (server, client) = try ServerProcess.serving(zones, ["--config", config], control: nil)
    }

    func run(_ arguments: String...) throws -> Command {
      try Command(arguments + ["--control", "\(folder.path)/control"])
    }

    /// How often each of the addresses that are answered comes in 8 answers.
    func answers(_ name: String) throws -> [String: Int] {
      try (0..<8).reduce(into: [:]) { counts, _ in
        counts[try client.ask("\(name).a.example"), default: 0] += 1
      }
    }
  }

  @Test func drainAndAuto() throws {
    let subject = try Subject()
    #expect(try subject.answers("www") == ["0 192.0.2.1": 6, "0 192.0.2.2": 2])
    let drain = try subject.run("drain", "192.0.2.1", "--for", "2h", "--reason", "new disk")
    #expect(drain.status == 0)
    #expect(drain.lines.count == 2)
    let first =
      "www.a.example. A 192.0.2.1: drain, for 2h: share 0.00%; caches may hold it for 31s more, until 2"
    #expect(drain.lines.first?.hasPrefix(first) == true)
    #expect(
      drain.lines.last
        == "shop.a.example. A 192.0.2.1: drain, for 2h: share 100.00%; it is answered on, as no other member can be"
    )
    #expect(try subject.answers("www") == ["0 192.0.2.2": 8])
    #expect(try subject.answers("shop") == ["0 192.0.2.1": 8])
    let status = try subject.run("status", "www.a.example").text
    #expect(status.contains("drain (unknown)"))
    #expect(status.contains(" left: new disk"))
    let json = try subject.run("status", "--json").text
    let order = try JSONReader.read(Array(json.utf8))["pools"]?.elements?[0]["members"]?.elements?[0][
      "orders"]?.elements?[0]
    #expect(order?["do"]?.string == "drain")
    #expect(order?["author"]?.string == System.operatorName)
    #expect(order?["until"]?.integer == (order?["since"]?.integer ?? 0) + 7_200)
    // What is ordered of all is not taken back for one.
    let one = try subject.run("auto", "www.a.example/192.0.2.1")
    #expect(one.lines == ["nothing is ordered of www.a.example./192.0.2.1; there are orders of 192.0.2.1"])
    #expect(one.status == 1)
    let auto = try subject.run("auto", "192.0.2.1")
    #expect(
      auto.lines == [
        "www.a.example. A 192.0.2.1: auto: share 75.00%", "shop.a.example. A 192.0.2.1: auto: share 100.00%",
      ])
    #expect(try subject.answers("www") == ["0 192.0.2.1": 6, "0 192.0.2.2": 2])
    #expect(try subject.run("auto", "192.0.2.1").lines == ["nothing is ordered of 192.0.2.1"])
    #expect(try subject.server.stop() == 0)
  }

  @Test func downUpAndWeight() throws {
    let subject = try Subject()
    #expect(
      try subject.run("weight", "www.a.example/192.0.2.2", "9").lines == [
        "www.a.example. A 192.0.2.2: weight: share 75.00%"
      ])
    #expect(try subject.answers("www") == ["0 192.0.2.1": 2, "0 192.0.2.2": 6])
    #expect(
      try subject.run("explain", "www.a.example").lines.contains(
        "  192.0.2.2       9     1  unknown  weight 9    3/4  75.00%"))
    #expect(
      try subject.run("down", "www.a.example/192.0.2.2").lines == [
        "www.a.example. A 192.0.2.2: down: share 75.00%; it is answered on, as the policy has no stage 'up'"
      ])
    #expect(try subject.answers("self") == ["0": 8])
    #expect(
      try subject.run("up", "self.a.example/192.0.2.4").lines == [
        "self.a.example. A 192.0.2.4: up: share 100.00%"
      ])
    #expect(try subject.answers("self") == ["0 192.0.2.4": 8])
    let down = try subject.run("down", "self.a.example/192.0.2.4", "--json")
    #expect(OrderReport(try JSONReader.read(Array(down.text.utf8)))?.members.first?.cachedUntil != nil)
    #expect(try subject.answers("self") == ["0": 8])
    #expect(try subject.server.stop() == 0)
  }

  /// Mistakes are told with what would be right; those of the command line have a status of their own.
  @Test func mistakes() throws {
    let subject = try Subject()
    let path = "\(subject.folder.path)/control"
    let member =
      "write ADDRESS or NAME/ADDRESS, like 192.0.2.1 or www.example.com/192.0.2.1, or a target with its "
    for (arguments, status, complaint) in [
      (
        ["drain", "192.0.2.9"], 1,
        "192.0.2.9 is no member of a policy that is served; 'swiftlet status' shows those that are"
      ),
      (
        ["drain", "www.a.example/192.0.2.9"], 1,
        "192.0.2.9 is no member of the policy of www.a.example.; those are 192.0.2.1, 192.0.2.2"
      ),
      (
        ["weight", "ns1.a.example/192.0.2.53", "2"], 1,
        "ns1.a.example. A: no policy; its one address is answered"
      ),
      (
        ["down", "ww.a.example/192.0.2.1"], 1,
        "ww.a.example. does not exist in zone a.example. (NXDOMAIN); did you mean www.a.example./192.0.2.1?"
      ),
      (
        ["up", "x.apps.a.example/192.0.2.5"], 1,
        "x.apps.a.example. has the policy of *.apps.a.example.: write *.apps.a.example./192.0.2.5"
      ),
      (["beat", "www.b.example/192.0.2.1"], 1, "www.b.example. is in no zone that is served"),
      (["drain", "shop"], 64, "'shop' is no member: \(member)final dot in place of the address"),
      (["auto", ""], 64, "'member' is a text of 1 to 1024 octets"),
      (["weight", "192.0.2.1", "1000001"], 64, "'weight' is a number from 0 to 1000000"),
      (
        ["drain", "192.0.2.1", "--for", "2 days"], 64,
        "'for' is a whole number and its unit, s, m or h, from 1s to 8760h, like 2h, not '2 days'"
      ),
    ] as [([String], Int32, String)] {
      let refused = try Command(arguments + ["--control", path])
      #expect(refused.lines == [complaint])
      #expect(refused.status == status)
    }
    #expect(try subject.run("weight", "192.0.2.1", "many").status == 64)
    #expect(try subject.run("drain").status == 64)
    #expect(try subject.server.stop() == 0)
  }

  /// What was answered once is told of as long as caches may hold it, however long ago it was ordered.
  @Test func cachesAreToldOf() throws {
    let subject = try Subject()
    func cachedFor(_ arguments: String...) throws -> Int? {
      let text = try Command(arguments + ["--json", "--control", "\(subject.folder.path)/control"]).text
      let report = try #require(OrderReport(try JSONReader.read(Array(text.utf8))))
      return report.members.first?.cachedUntil.map { $0 - report.time }
    }
    func isFresh(_ seconds: Int?, _ ttl: Int) -> Bool {
      seconds.map { (ttl - 10...ttl + 1).contains($0) } ?? false
    }
    let member = "www.a.example/192.0.2.1"
    #expect(isFresh(try cachedFor("drain", member), 30))
    #expect(isFresh(try cachedFor("drain", member), 30))
    #expect(try cachedFor("auto", member) == nil)
    // Answers of before the reload had a longer TTL.
    subject.folder.write(
      "a.example.zone",
      OrderVerbTests.zone.replacing("ttl=30", with: "ttl=1").replacing(
        "ns1 hostmaster 1", with: "ns1 hostmaster 2"))
    #expect(try subject.run("reload").status == 0)
    #expect(isFresh(try cachedFor("drain", member), 30))
    // A member that it never had.
    subject.folder.write(
      "a.example.zone",
      OrderVerbTests.zone.replacing(
        "www 60 IN A 192.0.2.2", with: "www 60 IN A 192.0.2.2\nwww 60 IN A 192.0.2.7"
      )
      .replacing("ns1 hostmaster 1", with: "ns1 hostmaster 3"))
    #expect(try subject.run("drain", "192.0.2.7").status == 1)
    #expect(try subject.run("reload").status == 0)
    #expect(isFresh(try cachedFor("drain", "192.0.2.7"), 30))
    #expect(try subject.server.stop() == 0)
  }

  /// Also where one ends while the server rests after the end of another.
  @Test(arguments: [5, 20, 45])
  func ordersEndShortlyAfterOneAnother(_ milliseconds: Int) throws {
    let subject = try Subject()
    var client = try ControlClient("\(subject.folder.path)/control")
    for member in ["192.0.2.1", "192.0.2.2"] {
      let order: [(String, JSON)] = [
        ("do", .string("drain")), ("member", .string(member)), ("for", .string("1s")),
      ]
      #expect(try client.ask(.object(order))["ok"]?.boolean == true)
      usleep(useconds_t(milliseconds * 1000))
    }
    for member in ["192.0.2.1", "192.0.2.2"] {
      try subject.server.line(containing: "order has ended member=\(member)")
    }
    #expect(try subject.server.stop() == 0)
  }

  @Test func whatCannotBeKeptIsTold() throws {
    let subject = try Subject()
    let state = "\(subject.folder.path)/state"
    // A folder in its place: nobody can write that, root neither.
    unlink(state)
    #expect(mkdir(state, 0o755) == 0)
    #expect(mkdir("\(state)/x", 0o755) == 0)
    let answer = try subject.run("drain", "192.0.2.1")
    #expect(answer.status == 0)
    #expect(
      answer.lines.last == "a restart forgets this: the state file cannot be written, the log says why")
    #expect(try subject.run("auto", "192.0.2.1", "--json").text.contains(#""kept":false"#))
    #expect(try subject.server.stop() == 0)
  }

  @Test func ordersEndByThemselvesAfterARestart() throws {
    let subject = try Subject()
    #expect(try subject.run("drain", "192.0.2.1", "--for", "1s").status == 0)
    #expect(try subject.run("down", "192.0.2.2", "--for", "3s").status == 0)
    subject.server.send(SIGKILL)
    #expect(try subject.server.exitStatus() == -SIGKILL)
    let (next, client) = try ServerProcess.serving(
      subject.folder, ["--config", "\(subject.folder.path)/swiftlet.yaml"], control: nil)
    try next.line(containing: "order has ended member=192.0.2.2 order=down")
    #expect(try (0..<4).map { _ in try client.ask("www.a.example") }.contains("0 192.0.2.2"))
    #expect(next.lines.contains { $0.contains("order has ended member=192.0.2.1 order=drain") })
    #expect(try next.stop() == 0)
  }

  /// A server that ends, or is given orders, before it has read its zones forgets nothing.
  @Test func statesOfBeforeOutliveAnEarlyEnd() throws {
    let subject = try Subject()
    #expect(try subject.run("beat", "192.0.2.3").status == 0)
    #expect(try subject.server.stop() == 0)
    let states = try #require(subject.folder.read("state"))
    #expect(states.contains("target 0 192.0.2.3 up "))
    subject.folder.write(
      "large.example.zone",
      "@ 300 IN SOA ns1 h 1 2 1 9 3\n@ 300 IN NS ns1\nns1 300 IN A 192.0.2.53\n"
        + "$GENERATE 1-200000 h$ 300 IN A 192.0.2.1\n")
    let next = try ServerProcess(
      [
        "serve", subject.folder.path, "--listen", "127.0.0.1:0", "--config",
        "\(subject.folder.path)/swiftlet.yaml",
      ])
    try next.line(containing: "taking requests")
    for arguments in [["drain", "192.0.2.3"], ["auto", "192.0.2.3"], ["beat", "192.0.2.3"]] {
      #expect(
        try Command(arguments + ["--control", "\(subject.folder.path)/control"]).lines == [
          "zones are being read for the first time; ask again when that is done"
        ])
    }
    #expect(try next.stop() == 0)
    #expect(!next.lines.contains { $0.contains(" ready ") })
    #expect(subject.folder.read("state") == states)
  }

  @Test func ordersEndByThemselves() throws {
    let subject = try Subject()
    #expect(try subject.run("drain", "192.0.2.1", "--for", "1s").status == 0)
    #expect(try subject.answers("www") == ["0 192.0.2.2": 8])
    try subject.server.line(containing: "order has ended")
    #expect(try subject.answers("www") == ["0 192.0.2.1": 6, "0 192.0.2.2": 2])
    #expect(try subject.run("auto", "192.0.2.1").status == 1)
    #expect(try subject.server.stop() == 0)
  }

  @Test func ordersAreKeptOverRestarts() throws {
    let subject = try Subject()
    #expect(try subject.run("drain", "192.0.2.1", "--reason", "kept").status == 0)
    // Even when it is killed: who has had a reply can rely on it.
    subject.server.send(SIGKILL)
    #expect(try subject.server.exitStatus() == -SIGKILL)
    let (next, client) = try ServerProcess.serving(
      subject.folder, ["--config", "\(subject.folder.path)/swiftlet.yaml"], control: nil)
    #expect(try client.ask("www.a.example") == "0 192.0.2.2")
    #expect(try subject.run("status", "www.a.example").text.contains("drain by \(System.operatorName): kept"))
    #expect(try next.stop() == 0)
  }

  @Test func beats() throws {
    let folder = TemporaryFolder()
    let notify = folder.write(
      "notify",
      "#!/bin/sh\necho \"$SWIFTLET_ADDRESS $SWIFTLET_TO $SWIFTLET_REASON\" >> \(folder.path)/notes\n")
    chmod(notify, 0o755)
    let listener = try TCPListener()
    let subject = try Subject(
      "on-change: {command: \(notify), post: \"http://127.0.0.1:\(listener.port)/hook\"}\n")
    #expect(try subject.answers("self") == ["0": 8])
    let beat = try subject.run("beat", "192.0.2.3", "--load", "40%", "--connections", "12")
    #expect(beat.lines == ["check self: heard, which holds for 7200s"])
    try subject.server.line(
      containing: "member up name=self.a.example. address=192.0.2.3 check=self from=unknown to=up")
    let post = listener.exchange("HTTP/1.1 204 No Content\r\n\r\n")
    #expect(
      post.contains(
        #""address":"192.0.2.3","check":"self","from":"unknown","to":"up","reason":"reported up""#))
    while try subject.client.ask("self.a.example") != "0 192.0.2.3" { usleep(1_000) }
    let status = try subject.run("status", "self.a.example").text
    #expect(status.contains("reported up"))
    #expect(status.contains(" 12 "))
    #expect(status.contains(" 40% "))
    #expect(try subject.run("beat", "self.a.example/192.0.2.3", "--down", "--reason", "new disk").status == 0)
    while try subject.client.ask("self.a.example") != "0" { usleep(1_000) }
    while folder.read("notes")?.contains("192.0.2.3 down new disk\n") != true { usleep(1_000) }
    #expect(folder.read("notes") == "192.0.2.3 up reported up\n192.0.2.3 down new disk\n")
    for (member, complaint) in [
      ("192.0.2.1", "no check of type heartbeat listens to 192.0.2.1")
    ] {
      #expect(try subject.run("beat", member).lines == [complaint])
    }
    let load = try subject.run("beat", "192.0.2.3", "--load", "2")
    #expect(load.lines == ["--load is a share of 0 to 1, like 70% or 0.7, not '2'"])
    #expect(load.status == 64)
    #expect(try subject.server.stop() == 0)
  }

  @Test func beatsOfThoseWhoMayDoNothingElse() throws {
    let token = "0123456789abcdef0123"
    let subject = try Subject("beats: {socket: beats, token-file: token}\n", token: token + "\n")
    let path = "\(subject.folder.path)/beats"
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o666)
    let other = subject.folder.write("other", "0123456789abcdef0124")
    let beat = ["beat", "192.0.2.3", "--control", path]
    #expect(try Command(beat).lines == ["the token is missing"])
    #expect(try Command(beat + ["--token-file", other]).lines == ["the token is not the right one"])
    #expect(try Command(beat + ["--token-file", "\(subject.folder.path)/token"]).status == 0)
    for verb in [
      ["status"], ["reload"], ["drain", "192.0.2.3"], ["auto", "192.0.2.3"], ["explain", "www.a.example"],
    ] {
      #expect(
        try Command(verb + ["--control", path]).lines == ["nothing but beat can be done at this socket"])
    }
    #expect(try subject.server.stop() == 0)
    #expect(try System.entries(of: subject.folder.path) { $0 == "beats" }.isEmpty)
    let short = subject.folder.write("token", "short")
    let refused = try Command([
      "serve", subject.folder.path, "--listen", "127.0.0.1:0", "--config",
      "\(subject.folder.path)/swiftlet.yaml",
    ])
    #expect(refused.status == 1)
    #expect(refused.text.contains("critical the token in \(short) is not of 16 to 512 octets"))
  }
}
