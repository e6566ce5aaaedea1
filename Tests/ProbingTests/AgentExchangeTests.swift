import Health
import TestSupport
import Testing

@testable import Probing

private let readings: [(line: String, result: String)] = [
  ("up\n", "success: up"),
  ("UP ready 75%\r\n", "success: UP ready 75% ready 75%"),
  ("100%,drain\tmaxconn:30\n", "success: 100%,drain?maxconn:30 drain 100%"),
  ("0%\n", "success: 0% 0%"),
  ("25600%\n", "success: 25600% 25600%"),
  ("maint", "success: maint maint"),
  ("ready\rdown\n", "success: ready ready"),
  ("down\n", "reported: down"),
  ("Fail #disk 0%\n", "reported: Fail #disk 0%"),
  ("stopped, 50%#why # so\n", "reported: stopped, 50%#why # so 50%"),
  ("up down\n", "reported: up down"),
  ("down up\n", "success: down up"),
  ("\n", "malformed: the line is empty"),
  ("#comment\n", "malformed: the line is empty"),
  ("", "closed: closed before a line came"),
  ("25601%\n", #"malformed: "25601%" is not a word of the agent protocol"#),
  ("-1%\n", #"malformed: "-1%" is not a word of the agent protocol"#),
  ("%\n", #"malformed: "%" is not a word of the agent protocol"#),
  ("HTTP/1.1 400 Bad Request\r\n", #"malformed: "HTTP/1.1" is not a word of the agent protocol"#),
]

private func text(_ result: ProbeResult) -> String {
  var text = "\(result.reason.kind): \(result.reason)"
  if let word = result.report.administration { text += " \(word)" }
  if let weight = result.report.weight { text += " \(weight)%" }
  return text
}

@Suite struct AgentExchangeTests {
  @Test(arguments: readings) func linesAreUnderstood(line: String, expected: String) throws {
    var random = SplitMix64.random()
    let result = try #require(
      resultOfAllCuts(AgentExchange(send: []), Array(line.utf8), using: &random))
    #expect(text(result) == expected)
  }

  @Test func nonsenseEndsInAResult() throws {
    var random = SplitMix64.random()
    for _ in 0..<3_000 {
      let line = try #require(readings.randomElement(using: &random)).line
      let input = mutated(Array(line.utf8), using: &random)
      #expect(resultOfAllCuts(AgentExchange(send: []), input, using: &random) != nil, "seed \(random.seed)")
    }
  }
}
