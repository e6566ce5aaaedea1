import DNSWire
import Health
import Testing

@testable import Control

struct ControlRequestTests {
  private static func read(_ text: String) throws -> ControlRequest {
    try ControlRequest(try JSONReader.read(Array(text.utf8)))
  }

  @Test(
    arguments: [
      (#"{"do":"status"}"#, .status(of: nil)),
      (#"{"do":"status","name":null}"#, .status(of: nil)),
      (#"{"name":"www.example.com","do":"status"}"#, .status(of: try DomainName("www.example.com."))),
      (#"{"do":"reload"}"#, .reload),
      (#"{"do":"explain","name":"*.a."}"#, .explain(LiveQuestion(name: try DomainName("*.a.")))),
      (
        #"{"do":"explain","name":"a","type":"aaaa","client":"2001:db8::/32"}"#,
        .explain(
          LiveQuestion(
            name: try DomainName("a."), type: .aaaa, client: try ClientNetwork(parsing: "2001:db8::/32")))
      ),
      (
        #"{"do":"drain","member":"192.0.2.1"}"#,
        .order(MemberOrder(scope: try #require(Override.Scope("192.0.2.1")), order: .drain))
      ),
      (
        #"{"do":"down","member":"WWW.example.com/2001:db8::1","for":"90s","reason":"a b","author":"ada"}"#,
        .order(
          MemberOrder(
            scope: try #require(Override.Scope("www.example.com./2001:db8::1")), order: .down,
            duration: .seconds(90), reason: "a b", author: "ada"))
      ),
      (
        #"{"do":"up","member":"www.example.com/cdn.example.net.","for":null}"#,
        .order(
          MemberOrder(scope: try #require(Override.Scope("www.example.com/cdn.example.net.")), order: .up))
      ),
      (
        #"{"do":"weight","member":"192.0.2.1","weight":0}"#,
        .order(MemberOrder(scope: try #require(Override.Scope("192.0.2.1")), order: .weight(0)))
      ),
      (#"{"do":"auto","member":"192.0.2.1"}"#, .takeBack(try #require(Override.Scope("192.0.2.1")))),
      (#"{"do":"beat","member":"192.0.2.1"}"#, .beat(Beat(scope: try #require(Override.Scope("192.0.2.1"))))),
      (
        #"{"do":"beat","member":"192.0.2.1","state":"down","reason":"x","load":1,"connections":0,"token":"t"}"#,
        .beat(
          Beat(
            scope: try #require(Override.Scope("192.0.2.1")), isUp: false, reason: "x", load: 1,
            connections: 0, token: "t"))
      ),
    ] as [(String, ControlRequest)]) func reads(_ text: String, _ request: ControlRequest) throws
  {
    #expect(try Self.read(text) == request)
  }

  static let verbs = "status, explain, reload, drain, down, up, weight, auto, beat"
  static let member =
    "is no member: write ADDRESS or NAME/ADDRESS, like 192.0.2.1 or www.example.com/192.0.2.1, or a target with its final dot in place of the address"
  static let duration = "'for' is a whole number and its unit, s, m or h, from 1s to 8760h, like 2h"

  @Test(
    arguments: [
      ("1", "a request is an object, like {\"do\":\"status\"}"),
      ("[]", "a request is an object, like {\"do\":\"status\"}"),
      ("{}", "'do' is needed, which says what to do; it can be \(verbs)"),
      (#"{"do":1}"#, "'do' is needed, which says what to do; it can be \(verbs)"),
      (#"{"do":""}"#, "'' cannot be done; it can be \(verbs)"),
      (#"{"do":"Status"}"#, "'Status' cannot be done; did you mean 'status'?"),
      (#"{"do":"x\n"}"#, #"'x\n' cannot be done; it can be \#(verbs)"#),
      (#"{"do":"reload","name":"a"}"#, "'name' is not a field of reload; it has none"),
      (#"{"do":"status","names":"a"}"#, "'names' is not a field of status; did you mean 'name'?"),
      (#"{"do":"status","x":null}"#, "'x' is not a field of status; those are name"),
      (#"{"do":"status","name":1}"#, "'name' is a text of 1 to 1024 octets"),
      (#"{"do":"status","name":""}"#, "'name' is a text of 1 to 1024 octets"),
      (
        #"{"do":"status","name":"\#(String(repeating: "a", count: 1_025))"}"#,
        "'name' is a text of 1 to 1024 octets"
      ),
      (
        #"{"do":"status","name":"a..b"}"#,
        "'a..b' is not a domain name: a label is empty; dots stand between labels, never two in a row or in front"
      ),
      (#"{"do":"explain"}"#, "'name' is needed: the name to explain"),
      (
        #"{"do":"explain","name":"a","type":"MX"}"#,
        "'MX' is not a type that policies steer; those are A and AAAA"
      ),
      (
        #"{"do":"explain","name":"a","client":"x"}"#,
        "'x' is neither an address nor a network such as 192.0.2.0/24"
      ),
      (#"{"do":"drain"}"#, "'member' is needed: ADDRESS or NAME/ADDRESS"),
      (#"{"do":"drain","member":"www.example.com"}"#, "'www.example.com' \(member)"),
      (#"{"do":"auto","member":"a..b/192.0.2.1"}"#, "'a..b/192.0.2.1' \(member)"),
      (#"{"do":"up","member":"192.0.2.1","for":"2"}"#, "\(duration), not '2'"),
      (#"{"do":"up","member":"192.0.2.1","for":"999ms"}"#, "\(duration), not '999ms'"),
      (#"{"do":"up","member":"192.0.2.1","for":"8761h"}"#, "\(duration), not '8761h'"),
      (#"{"do":"up","member":"192.0.2.1","for":7200}"#, "'for' is a text of 1 to 1024 octets"),
      (#"{"do":"auto","member":"192.0.2.1","for":"1s"}"#, "'for' is not a field of auto; those are member"),
      (#"{"do":"weight","member":"192.0.2.1"}"#, "'weight' is needed: the new weight"),
      (#"{"do":"weight","member":"192.0.2.1","weight":1000001}"#, "'weight' is a number from 0 to 1000000"),
      (#"{"do":"weight","member":"192.0.2.1","weight":1.5}"#, "'weight' is a number from 0 to 1000000"),
      (#"{"do":"beat","member":"192.0.2.1","state":"Up"}"#, "'state' is up or down, not 'Up'"),
      (#"{"do":"beat","member":"192.0.2.1","load":1.01}"#, "'load' is a number from 0 to 1"),
      (#"{"do":"beat","member":"192.0.2.1","load":"70%"}"#, "'load' is a number from 0 to 1"),
      (
        #"{"do":"beat","member":"192.0.2.1","connections":-1}"#,
        "'connections' is a number from 0 to 2147483647"
      ),
    ]) func refuses(_ text: String, _ message: String)
  {
    #expect(throws: RequestFields.Mistake(message: message)) { try Self.read(text) }
  }
}
