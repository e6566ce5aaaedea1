import DNSWire
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
    ] as [(String, ControlRequest)]) func reads(_ text: String, _ request: ControlRequest) throws
  {
    #expect(try Self.read(text) == request)
  }

  static let verbs = "status, explain, reload"

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
    ]) func refuses(_ text: String, _ message: String)
  {
    #expect(throws: RequestFields.Mistake(message: message)) { try Self.read(text) }
  }
}
