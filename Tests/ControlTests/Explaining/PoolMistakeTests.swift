import TestSupport
import Testing

@testable import Control

/// What `explain` and `simulate` say when they cannot answer.
struct PoolMistakeTests {
  private let zone = PoolZone()

  private func complaint(_ explainer: PoolExplainer) -> (lines: [String], status: Int32) {
    var lines: [String] = []
    let status = explainer.run(
      output: { Issue.record("unexpected: \($0)") }, complaint: { lines.append($0) })
    return (lines, status.rawValue)
  }

  @Test(
    arguments: [
      ("none", nil, nil, "none.example.com. does not exist in zone example.com. (NXDOMAIN)", 1),
      ("_lb.www", nil, nil, "_lb.www.example.com. does not exist in zone example.com. (NXDOMAIN)", 1),
      ("www", "AAAA", nil, "www.example.com. has no AAAA records (NODATA)", 1),
      ("www", "MX", nil, "'MX' is not a type that policies steer; those are A and AAAA", 64),
      ("x.sub", nil, nil, "x.sub.example.com. is delegated: other servers answer for it", 1),
      (
        "x.old", nil, nil, "x.old.example.com. is redirected by a DNAME; ask for the name that it leads to", 1
      ),
      (
        "a..b", nil, nil,
        "'a..b.example.com' is not a domain name: a label is empty; dots stand between labels, never two in a row or in front",
        64
      ),
      ("www", nil, "x", "'x' is neither an address nor a network such as 192.0.2.0/24", 64),
      (
        "www", nil, "10.0.0.0/33", "'10.0.0.0/33' has no length of a network behind its '/'; that is 0 to 32",
        64
      ),
      ("www", nil, "::/x", "'::/x' has no length of a network behind its '/'; that is 0 to 128", 64),
    ] as [(String, String?, String?, String, Int32)])
  func ofNamesAndClients(
    _ name: String, _ type: String?, _ client: String?, _ message: String, _ status: Int32
  ) {
    let result = complaint(PoolExplainer(question: zone.question(name, type: type), client: client))
    #expect(result.lines == [message])
    #expect(result.status == status)
  }

  @Test(
    arguments: [
      (
        "www", "192.0.2.99:load=1",
        "192.0.2.99 is no member of a policy of www.example.com.; members are 192.0.2.10, 192.0.2.11, 192.0.2.12",
        1
      ),
      (
        "plain", "192.0.2.30:load=1",
        "192.0.2.30 is no member of a policy of plain.example.com., which has none", 1
      ),
      ("www", "1.2.3:load=1", "'1.2.3' is neither an address nor a name", 64),
      (
        "www", "192.0.2.10",
        "'192.0.2.10' sets nothing; write MEMBER:KEY=VALUE, like 192.0.2.1:state=down,load=50%", 64
      ),
      ("www", "192.0.2.10:laod=1", "\"laod\" is not a key; did you mean load=?", 64),
    ] as [(String, String, String, Int32)])
  func ofWhatIsSet(_ name: String, _ setting: String, _ message: String, _ status: Int32) {
    let result = complaint(PoolExplainer(question: zone.question(name, set: [setting])))
    #expect(result.lines == [message])
    #expect(result.status == status)
  }

  @Test func ofLocations() {
    let message = "'lon' is not a location of zone example.com.; those are fra, nyc"
    #expect(complaint(PoolExplainer(question: zone.question("place", nearest: "fra,lon"))).lines == [message])
    #expect(complaint(PoolExplainer(question: zone.question("place", owner: "lon"))).lines == [message])
  }

  @Test func ofLocationsTwice() {
    let result = complaint(PoolExplainer(question: zone.question("place", nearest: "fra,nyc,FRA")))
    #expect(result.lines == ["--nearest has 'fra' twice; a location has one place in the order"])
    #expect(result.status == 64)
  }

  @Test func ofZones() {
    let path = zone.folder.path
    let other = PoolQuestion(path: path, name: "www.example.org")
    #expect(
      complaint(PoolExplainer(question: other)).lines == [
        "www.example.org. is in no zone of \(path); there are example.com."
      ])
    let file = zone.folder.write("bad.example.com.zone", "@ IN A 1.2.3\nx IN A\n")
    let broken = complaint(PoolExplainer(question: zone.question("www.bad")))
    #expect(broken.lines.count == 3)
    #expect(
      broken.lines.allSatisfy { $0.hasPrefix("\(file):") || $0 == "bad.example.com. refused: 2 errors" })
    #expect(broken.status == 1)
    let missing = complaint(PoolExplainer(question: PoolQuestion(path: "/nonexistent", name: "a")))
    #expect(missing.lines == ["cannot read the folder /nonexistent: No such file or directory"])
    #expect(missing.status == 1)
  }

  @Test(
    arguments: [
      (
        "plain", 1, [],
        "plain.example.com. A: no policy; its 2 addresses are rotated, each comes first equally often", 1
      ),
      ("www", 0, [], "--queries is 1 to 100000000, not 0", 64),
      ("www", 100_000_001, [], "--queries is 1 to 100000000, not 100000001", 64),
      (
        "www", 1, ["10.0.0.0/33"], "'10.0.0.0/33' has no length of a network behind its '/'; that is 0 to 32",
        64
      ),
      (
        "www", 1, ["nonexistent"],
        "'nonexistent' is neither an address, a network such as 192.0.2.0/24, nor a file", 64
      ),
      ("www", 1, ["/"], "cannot read /: Is a directory", 1),
      ("www", 1, ["/dev/zero"], "cannot read /dev/zero: File too large", 1),
      (
        "www", 1, ["/dev/null"],
        "/dev/null names no clients; write an address or a network such as 192.0.2.0/24 a line", 1
      ),
    ] as [(String, Int, [String], String, Int32)])
  func ofSimulations(_ name: String, _ queries: Int, _ clients: [String], _ message: String, _ status: Int32)
  {
    var complaints: [String] = []
    let result = PoolSimulator(question: zone.question(name), queries: queries, clients: clients).run(
      output: { Issue.record("unexpected: \($0)") }, complaint: { complaints.append($0) })
    #expect(complaints == [message])
    #expect(result.rawValue == status)
  }

  @Test func ofClientFiles() {
    let file = zone.folder.write("clients", "10.0.0.0/8\n  foo bar # ?\n")
    #expect(
      throws: PoolFailure(
        "\(file):2:1: error: 'foo bar' is neither an address nor a network such as 192.0.2.0/24")
    ) { try ClientList.networks(of: [file]) }
  }
}
