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
      "www.a.example. A 192.0.2.1: drain, for 2h: share 0.00%; caches may hold it for 30s more, until 2"
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
    #expect(try subject.answers("self") == ["0": 8])
    #expect(
      try subject.run("up", "self.a.example/192.0.2.4").lines == [
        "self.a.example. A 192.0.2.4: up: share 100.00%"
      ])
    #expect(try subject.answers("self") == ["0 192.0.2.4": 8])
    let down = try subject.run("down", "self.a.example/192.0.2.4", "--json")
    #expect(OrderReport(try JSONReader.read(Array(down.text.utf8)))?.members.first?.cachedUntil != nil)
    #expect(try subject.answers("self") == ["0": 8])
    for (arguments, complaint) in [
      (["drain", "192.0.2.9"], "192.0.2.9 is no member of a policy that is served"),
      (["drain", "shop.a.example/192.0.2.2"], "192.0.2.2 is no member of a policy of shop.a.example."),
      (["drain", "ns1.a.example/192.0.2.53"], "192.0.2.53 is no member of a policy of ns1.a.example."),
    ] {
      let refused = try Command(arguments + ["--control", "\(subject.folder.path)/control"])
      #expect(refused.lines == [complaint])
      #expect(refused.status == 1)
    }
    #expect(try subject.run("weight", "192.0.2.1", "many").status == 64)
    #expect(try subject.server.stop() == 0)
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
      ("192.0.2.9", "192.0.2.9 is no member of a policy that is served"),
      ("192.0.2.1", "no check of type heartbeat listens to 192.0.2.1"),
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
