import Answering
import DNSWire
import TestSupport
import Testing

@testable import Control

/// Queries for explanations, taken apart.
@Suite struct ExplanationQueryTests {
  private static func query(_ options: [(code: UInt16, data: [UInt8])] = []) throws -> QueryMessage {
    var query = QueryMessage(try DomainName("WWW.example.com."), .txt)
    query.rrClass = .chaos
    query.flags = 0x0100
    query.udpSize = 1400
    query.options = options
    return query
  }

  private static func read(_ octets: [UInt8]) throws -> ExplanationQuery {
    try ExplanationQuery(octets, heedsSubnet: true)
  }

  @Test func takesAQueryApart() throws {
    var message = try Self.query([(3, []), (10, [1, 2, 3]), (8, [0, 1, 24, 0, 198, 51, 100])])
    message.dnssecOK = true
    let query = try Self.read(message.octets)
    #expect(query.id == 0x1234)
    #expect(query.flags == 0x0100)
    #expect(query.name.description == "WWW.example.com.")
    #expect(query.question == Array(message.octets[12..<33]))
    #expect(!query.isMalformed)
    let edns = try #require(query.edns)
    #expect(edns.udpSize == 1400)
    #expect(edns.dnssecOK)
    #expect(edns.wantsNSID)
    #expect(edns.subnet?.network?.description == "198.51.100.0/24")
  }

  @Test func readsPlainQueries() throws {
    var message = try Self.query()
    message.udpSize = nil
    #expect(try Self.read(message.octets).edns == nil)
    message.udpSize = 100
    #expect(try Self.read(message.octets).edns?.udpSize == 512)
  }

  @Test(
    arguments: [
      ([0, 1, 24, 0, 198, 51, 100], "198.51.100.0/24"), ([0, 1, 32, 0, 198, 51, 100, 7], "198.51.100.7"),
      ([0, 1, 0, 0], nil), ([0, 2, 0, 0], nil),
      ([0, 2, 56, 0, 0x20, 1, 0x0d, 0xb8, 0, 1, 2], "2001:db8:1:200::/56"),
      ([0, 2, 120, 0] + Array(repeating: 0, count: 10) + [0xff, 0xff, 192, 0, 2], "192.0.2.0/24"),
      ([0, 2, 120, 0, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2], "192.0.2.0/24"),
      ([0, 2, 32, 0, 0, 0x64, 0xff, 0x9b], "0.0.0.0/0"),
    ] as [([UInt8], String?)])
  func clientSubnets(_ data: [UInt8], _ network: String?) throws {
    let octets = try Self.query([(8, data)]).octets
    let query = try Self.read(octets)
    #expect(!query.isMalformed)
    let subnet = try #require(query.edns?.subnet)
    #expect(subnet.network?.description == network)
    #expect(subnet.octets(scope: 0) == data)
    #expect(subnet.octets(scope: 20)[3] == 20)
    #expect(try ExplanationQuery(octets, heedsSubnet: false).edns?.subnet == nil)
  }

  @Test(arguments: [[], [0, 1, 24], [0, 1, 24, 0, 198, 51], [0, 1, 24, 1, 198, 51, 100]] as [[UInt8]])
  func malformedClientSubnets(_ data: [UInt8]) throws {
    let octets = try Self.query([(8, data)]).octets
    #expect(try Self.read(octets).isMalformed)
    #expect(try !ExplanationQuery(octets, heedsSubnet: false).isMalformed)
  }

  @Test func twoClientSubnetsAreMalformed() throws {
    let option: (code: UInt16, data: [UInt8]) = (8, [0, 1, 8, 0, 10])
    #expect(try Self.read(try Self.query([option, option]).octets).isMalformed)
  }

  @Test func whatFollowsTheQuestionMayBeMalformed() throws {
    let octets = try Self.query([(3, [])]).octets
    for count in 33..<octets.count { #expect(try Self.read(Array(octets[..<count])).isMalformed) }
    #expect(try Self.read(octets + [0]).isMalformed)
    var twice = octets + octets[33...]
    twice[11] = 2
    #expect(try Self.read(twice).isMalformed)
  }

  @Test func headerAndQuestionHaveToBeWhole() throws {
    let octets = try Self.query().octets
    for count in 0..<33 {
      #expect(throws: MessageReader.Malformed.self) { try Self.read(Array(octets[..<count])) }
    }
    for (place, octet) in [(2, 0x80), (5, 0), (5, 2), (7, 1), (9, 1), (12, 0xc0), (12, 64)] as [(Int, UInt8)]
    {
      var wrong = octets
      wrong[place] = octet
      #expect(throws: MessageReader.Malformed.self) { try Self.read(wrong) }
    }
    let long = Array(octets[..<12]) + Array(repeating: [1, 97], count: 128).joined() + [0, 0, 16, 0, 3]
    #expect(throws: MessageReader.Malformed.self) { try Self.read(long) }
  }
}
