import Answering
import DNSWire
import TestSupport
import Testing

@testable import Zones

/// RRsets that come near to what a message, a pointer or a response's limit allows.
@Suite struct LargeRRsetTests {
  /// Pointers reach the first 16,383 octets of a message: what stands behind is spelled out.
  @Test func beyondPointers() throws {
    var text = ZoneCase.sound
    for number in 0..<1200 {
      // Early names come again at the end, late ones next to themselves.
      text += "big MX \(number) n\(number / 2)\n"
    }
    text += "n0 A 192.0.2.7\nn599 A 192.0.2.8\n" + (1..<599).map { "n\($0) TXT \"\"\n" }.joined()
    var served = try Served(text)
    let message = try served.ask("big.example.com", .mx)
    #expect(message.header == "NOERROR aa")
    #expect(message.answer == (0..<1200).map { "big.example.com. 3600 MX \($0) n\($0 / 2).example.com." })
    #expect(message.additional == ["n0.example.com. 3600 A 192.0.2.7", "n599.example.com. 3600 A 192.0.2.8"])
  }

  /// The same behind a chain of CNAMEs as long as can be, with names as long as can be.
  @Test func beyondPointersBehindChain() throws {
    let label = String(repeating: "l", count: 63)
    func long(_ number: Int) -> String {
      "c\(number).\(label).\(label).\(label).\(String(label.dropLast(22)))"
    }
    var text = ZoneCase.sound
    for number in 0..<15 { text += "\(long(number)) CNAME \(long(number + 1))\n" }
    for number in 0..<1000 { text += "\(long(15)) PTR n\(number % 500).z\(number)\n" }
    for number in 0..<300 {
      text += "\(long(15)) SRV 1 2 \(number) host\(number)\n"
      for address in 1...3 { text += "host\(number) A 192.0.2.\(address)\n" }
    }
    var served = try Served(text)
    let message = try served.ask("\(long(0)).example.com", .ptr)
    #expect(message.header == "NOERROR aa")
    #expect(
      message.answer.dropFirst(15)
        == (0..<1000).map { "\(long(15)).example.com. 3600 PTR n\($0 % 500).z\($0).example.com." }[...])

    // Here the RDATA has nothing to point to, and the owners of additional records lie far back.
    let services = try served.ask("\(long(0)).example.com", .srv)
    #expect(services.answer.count == 315)
    let addresses = (0..<300).flatMap { number in
      (1...3).map { "host\(number).example.com. 3600 A 192.0.2.\($0)" }
    }
    #expect(services.additional.count > 100)
    #expect(services.additional == Array(addresses.prefix(services.additional.count)))
  }

  /// What was begun and did not fit leaves nothing behind.
  @Test(arguments: [RRType.srv, .mx])
  func tooLargeAdditional(_ type: RRType) throws {
    var text = ZoneCase.sound + "x \(type.mnemonic) \(type == .mx ? "1" : "1 2 3") many\n"
    for address in 0..<300 { text += "many A 10.0.\(address / 256).\(address % 256)\n" }
    text += "many AAAA 2001:db8::1\nmany AAAA 2001:db8::2\n"
    var served = try Served(text)
    #expect(
      try served.ask("x.example.com", type).additional
        == (1...2).map { "many.example.com. 3600 AAAA 20010db800000000000000000000000\($0)" })
  }

  static let sizes: [(records: Int, isTaken: Bool)] = [(1, true), (4056, true), (4057, false), (5000, false)]

  @Test(arguments: sizes)
  func addresses(_ records: Int, _ isTaken: Bool) throws {
    let text = ZoneCase.sound + (0..<records).map { "many A 10.0.\($0 / 256).\($0 % 256)\n" }.joined()
    let (zone, diagnostics) = try compile(text)
    guard isTaken else {
      #expect(zone == nil)
      #expect(
        diagnostics.map(\.afterFile) == [
          "5:1: error: the A RRset of many.example.com. has \(records * 16) octets, but a message can carry "
            + "64900 of them; spread its records over several names"
        ])
      return
    }
    #expect(diagnostics == [])
    var served = try Served(text)
    let message = try served.ask("many.example.com", .a)
    #expect(Set(message.answer).count == records)
    #expect(message.answer.count == records)
  }

  @Test func texts() throws {
    let text = ZoneCase.sound + (0..<5000).map { "many TXT \"\($0)\"\n" }.joined()
    let (zone, diagnostics) = try compile(text)
    #expect(zone == nil)
    #expect(diagnostics.count == 1)
    #expect(
      diagnostics.first?.message.hasPrefix("the TXT RRset of many.example.com. has 83890 octets") == true)
  }

  /// One record of the most octets there can be is too large, too.
  @Test func largestRecord() throws {
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + "x TYPE65280 \\# 65535 \(String(repeating: "00", count: 65_535))\n")
    #expect(zone == nil)
    #expect(diagnostics.count == 1)
    #expect(
      diagnostics.first?.message.hasPrefix("the TYPE65280 RRset of x.example.com. has 65547 octets") == true)
  }

  /// Additional records stop before what a message can carry, however long their owners' names are.
  @Test(arguments: [(12, 12), (130, 0)])
  func additionalOfLargeRRset(_ addresses: Int, _ sent: Int) throws {
    let label = String(repeating: "l", count: 63)
    var text = ZoneCase.sound
    // 210 targets of 250 octets that have no more than the apex in common. Only those so far back that nothing
    // points to them have addresses, so that each of these repeats its owner.
    for number in 0..<210 {
      let unique = "\(100 + number)" + label.dropFirst(3)
      let target = "\(unique).\(unique).\(unique).\(unique.prefix(40))"
      text += "big MX 1 \(target)\n"
      for address in 1...addresses {
        text += number < 200 ? "\(target) TXT \"\(address)\"\n" : "\(target) A 192.0.2.\(address)\n"
      }
    }
    var served = try Served(text)
    let message = try served.ask("big.example.com", .mx)
    #expect(message.header == "NOERROR aa")
    #expect(message.answer.count == 210)
    #expect(message.additional.count == sent)
    let rrset = try #require(try served.zone.node("big.example.com")?.rrset(of: .mx))
    #expect(rrset.totalLength <= rrset.length + 4096)
  }

  /// A name server for each letter, as TLDs have, all with glue of both families.
  @Test func thirteenServers() throws {
    let letters = "abcdefghijklm".map(String.init)
    var text = ZoneCase.sound
    for letter in letters {
      text += "sub NS \(letter).ns.sub\n\(letter).ns.sub A 192.0.2.1\n\(letter).ns.sub AAAA 2001:db8::1\n"
    }
    var served = try Served(text)
    let message = try served.ask("www.sub.example.com", .a)
    #expect(message.header == "NOERROR")
    #expect(message.authority == letters.map { "sub.example.com. 3600 NS \($0).ns.sub.example.com." })
    #expect(
      message.additional
        == letters.flatMap {
          [
            "\($0).ns.sub.example.com. 3600 A 192.0.2.1",
            "\($0).ns.sub.example.com. 3600 AAAA 20010db8000000000000000000000001",
          ]
        })
    // Header, question; one name of 5 labels, the others a label and a pointer; 26 addresses by pointers.
    #expect(
      served.octets(try DomainName("www.sub.example.com"), .a).count
        == 12 + 25 + (12 + 7) + 12 * (12 + 4) + 13 * 16 + 13 * 28)
    // Glue is required (RFC 9471 §3.1), so a response that is too short for it is truncated.
    #expect(try served.ask("www.sub.example.com", .a, over: .udp).header == "NOERROR tc")
  }

  /// Additional RRsets are sent whole or not at all (RFC 2181 §9).
  @Test(arguments: [RRType.srv, .mx, .svcb, .https])
  func wholeRRsets(_ type: RRType) throws {
    let data = [RRType.srv: "1 2 3", .mx: "1", .svcb: "1", .https: "1"][type] ?? ""
    var text = ZoneCase.sound + "x \(type.mnemonic) \(data) many\n"
    for address in 1...40 { text += "many A 192.0.2.\(address)\n" }
    text += "many AAAA 2001:db8::1\n"
    var served = try Served(text)
    #expect(try served.ask("x.example.com", type).additional.count == 41)
    // 512 octets have room for some of the addresses.
    let short = try served.ask("x.example.com", type, over: .udp)
    #expect(short.header == "NOERROR aa")
    #expect(short.additional == [])
  }
}
