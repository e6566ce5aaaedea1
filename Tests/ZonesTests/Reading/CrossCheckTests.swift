import DNSWire
import Glibc
import TestSupport
import Testing

@testable import Zones

private let checkzone = "/usr/bin/named-checkzone"

/// The same zone file, read here and by BIND's `named-checkzone`, which writes out what it understood.
@Suite(.enabled(if: access(checkzone, X_OK) == 0, "named-checkzone is not installed"))
struct CrossCheckTests {

  @Test func randomZones() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let apex = try DomainName("example.com")
    for round in 0..<5 {
      var zone = RandomZone(seed: seed &+ UInt64(round), apex: apex)
      // One TTL an owner and type: BIND makes those of an RRset equal.
      var seen: Set<String> = []
      let records = zone.records(60).filter { record in
        // The apex's name servers would need addresses.
        (record.type != "NS" || record.owner != apex)
          && seen.insert("\(record.owner.lowercased) \(record.type)").inserted
      }
      try compare(zone.text(of: records, forOthers: true), "seed \(seed), round \(round)")
    }
  }

  @Test func allTypes() throws {
    // What this version of BIND does not know, checks the length of, or takes only of its own accord.
    let refused = [
      "RESINFO", "IPSECKEY 10 0", "HTTPS 1 . ohttp", "TLSA DANE-EE", "SSHFP", "ZONEMD", "CNAME", "DNAME",
      "NULL",
    ]
    let lines = DataTests.cases.map(\.0).filter { text in !refused.contains { text.hasPrefix($0) } }
    let text = lines.enumerated().filter { !$1.hasPrefix("SOA") }.map { "n\($0) 60 \($1)\n" }.joined()
    try compare(text, "all types")
  }

  @Test func generate() throws {
    let texts = GenerateTests.cases.map(\.0).filter { !$0.contains("MX 10 m$") && !$0.hasPrefix("1-1 (") }
    try compare("$TTL 60\n" + texts.map { "$GENERATE \($0)\n" }.joined(), "generate")
  }

  /// Reads `text` after an SOA and NS record in both ways, and compares the sets of records.
  private func compare(_ text: String, _ comment: String) throws {
    let folder = TemporaryFolder()
    let head = "@ 60 IN SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns.example.net.\n"
    folder.write("zone", head + text)
    folder.write("dump", "")
    folder.write("log", "")
    let command =
      "\(checkzone) -i none -k ignore -n ignore -m ignore -M ignore -r ignore -S ignore -T ignore "
      + "-s full -o \(folder.path)/dump example.com \(folder.path)/zone > \(folder.path)/log 2>&1"
    let status = system(command)
    let log = String(decoding: try FileContents(path: "\(folder.path)/log").octets, as: UTF8.self)
    try #require(status == 0, "\(comment)\n\(log)\n\(text)")
    let ours = try read("zone", in: folder).sink
    let theirs = try read("dump", in: folder).sink
    #expect(ours.diagnostics.filter { $0.severity == .error } == [], "\(comment)")
    #expect(theirs.diagnostics.filter { $0.severity == .error } == [], "\(comment)")
    let missing = Set(theirs.records).subtracting(ours.records).sorted()
    let surplus = Set(ours.records).subtracting(theirs.records).sorted()
    #expect(missing == [], "\(comment)")
    #expect(surplus == [], "\(comment)")
  }
}
