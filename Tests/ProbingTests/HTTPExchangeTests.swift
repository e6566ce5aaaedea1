import Health
import Steering
import TestSupport
import Testing

@testable import Probing

/// A response, and what is made of it.
private struct Reading: CustomTestStringConvertible {
  let response: String
  let result: String
  let change: @Sendable (inout HTTPProbe) -> Void

  var testDescription: String { "\(result): \(response)" }

  /// - Parameter response: with a line's end for each `|`.
  init(
    _ response: String, _ result: String, _ change: @escaping @Sendable (inout HTTPProbe) -> Void = { _ in }
  ) {
    self.response = response.replacing("|", with: "\r\n")
    self.result = result
    self.change = change
  }

  var exchange: HTTPExchange {
    var probe = HTTPProbe()
    change(&probe)
    return HTTPExchange(
      request: [], expectation: HTTPExpectation(probe), isHead: probe.method == .head)
  }
}

private func body(_ text: String) -> @Sendable (inout HTTPProbe) -> Void {
  { $0.body = Array(text.utf8) }
}

private let readings: [Reading] = [
  // The status line
  Reading("HTTP/1.1 200 OK||", "success: 200"),
  Reading("HTTP/1.0 204||", "success: 204"),
  Reading("HTTP/1.1 299 ||", "success: 299"),
  Reading("HTTP/1.1 200 OK", "closed: closed before the response's head ended"),
  Reading("HTTP/1.1 200 OK|", "success: 200"),
  Reading("HTTP/1.1 200 OK\n\n", "success: 200"),
  Reading("", "closed: closed without a response"),
  Reading("HTTP/1.1 300 Choices||", "code: 300 in place of 200-299"),
  Reading("HTTP/1.1 199 x||HTTP/1.1 200 OK||", "success: 200"),
  Reading(
    "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 503 x||",
    "code: 503 in place of 200-299"),
  Reading("HTTP/1.1 100 Continue||", "closed: closed before the response's head ended"),
  Reading("HTTP/1.1 101 Switching||", "code: 101 in place of 200-299"),
  Reading("HTTP/1.1 100 Continue||", "success: 100") { $0.expected = [100...100] },
  Reading("HTTP/1.1 301 Moved||", "success: 301") { $0.expected = [200...200, 301...302] },
  Reading("HTTP/1.1 201 Made||", "code: 201 in place of 200,301-302") {
    $0.expected = [200...200, 301...302]
  },
  Reading("HTTP/2 200|", #"malformed: "HTTP/2 200" is not a status line of HTTP/1"#),
  Reading("HTTP/1.1 20|", #"malformed: "HTTP/1.1 20" is not a status line of HTTP/1"#),
  Reading("HTTP/1.1 2000 OK|", #"malformed: "HTTP/1.1 2000 OK" is not a status line of HTTP/1"#),
  Reading("HTTP/1.1  200 OK|", #"malformed: "HTTP/1.1  200 OK" is not a status line of HTTP/1"#),
  Reading("<html>\n", #"malformed: "<html>" is not a status line of HTTP/1"#),
  Reading("|", #"malformed: "" is not a status line of HTTP/1"#),
  Reading("\u{16}\u{3}\u{1}\n", #"malformed: "???" is not a status line of HTTP/1"#),

  // Content
  Reading("HTTP/1.1 200 OK||ready", "success: 200, found what was expected", body("ready")),
  Reading("HTTP/1.1 200 OK||aabaab", "success: 200, found what was expected", body("abaa")),
  Reading(
    "HTTP/1.1 200 OK||reade", "content: body=ready is not in the 5 octets of the content", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|X: ready||", "content: body=ready is not in the 0 octets of the content", body("ready")),
  Reading("HTTP/1.1 500 Oops||ready", "code: 500 in place of 200-299", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Content-Length: 4||ready", "content: body=ready is not in the 4 octets of the content",
    body("ready")),
  Reading("HTTP/1.1 200 OK|content-length:5||ready", "success: 200, found what was expected", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Content-Length: 9||read", "closed: closed after 4 octets of the response's content",
    body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Content-Length: -1||", #"malformed: "Content-Length: -1" is not a length"#, body("ready")
  ),
  Reading(
    "HTTP/1.1 200 OK|Content-Length: 99999999999999999999||",
    #"malformed: "Content-Length: 99999999999999999999" is not a length"#, body("ready")),
  // Of no interest where the content is not read.
  Reading("HTTP/1.1 200 OK|Content-Length: -1||", "success: 200"),
  Reading(
    "HTTP/1.1 204 None|Content-Length: 5||ready", "content: body=ready is not in the 0 octets of the content",
    body("ready")),
  Reading("HTTP/1.1 304 Same||ready", "content: body=ready is not in the 0 octets of the content") {
    $0.expected = [304...304]
    $0.body = Array("ready".utf8)
  },
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|rea|2;x=y|dy|0||", "success: 200, found what was expected",
    body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: gzip, Chunked|Content-Length: 1||5|ready|0||",
    "success: 200, found what was expected", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||A|0123456789|0||",
    "content: body=ready is not in the 10 octets of the content", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||A|01234",
    "closed: closed after 5 octets of the response's content", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||ready",
    "malformed: the response's content is not made of chunks as it says", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ready|0||",
    "malformed: the response's content is not made of chunks as it says", body("ready")),
  Reading(
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||ffffffffffffffff|ready|0||",
    "malformed: the response's content is not made of chunks as it says", body("ready")),

  // Load
  Reading(
    "HTTP/1.1 200 OK|endpoint-load-metrics: TEXT application_utilization=0.25,cpu_utilization=0.9||",
    "success: 200 load 0.25"),
  Reading(
    "HTTP/1.1 200 OK|Endpoint-Load-Metrics:cpu_utilization=1.5, named_metrics.connections=12||",
    "success: 200 load 1.0 connections 12"),
  Reading(
    "HTTP/1.1 200 OK|endpoint-load-metrics: cpu_utilization=nan,x,named_metrics.connections=-1,application_utilization=||",
    "success: 200"),
  Reading("HTTP/1.1 200 OK|endpoint-load-metrics: JSON {\"cpu_utilization\":0.3}||", "success: 200"),
  Reading(
    "HTTP/1.1 200 OK|Endpoint-Load-Metrics: named_metrics.connections=3||no",
    "content: body=ready is not in the 2 octets of the content connections 3", body("ready")),
]

private func text(_ result: ProbeResult) -> String {
  var text = "\(result.reason.kind): \(result.reason)"
  if let load = result.report.load { text += " load \(load)" }
  if let connections = result.report.connections { text += " connections \(connections)" }
  return text
}

@Suite struct HTTPExchangeTests {
  @Test(arguments: readings) private func responsesAreJudged(_ reading: Reading) throws {
    var random = SplitMix64.random()
    let result = resultOfAllCuts(reading.exchange, Array(reading.response.utf8), using: &random)
    #expect(try text(#require(result, "seed \(random.seed)")) == reading.result)
  }

  @Test func contentBeyondTheLimitIsNotRead() throws {
    var random = SplitMix64.random()
    let exchange = Reading("", "", body("ready")).exchange
    let padding = String(repeating: "x", count: HTTPExchange.bodyLimit - 5)
    for (content, kind) in [(padding + "ready", Reason.Kind.success), (padding + "xready", .content)] {
      let input = Array(("HTTP/1.1 200 OK\r\n\r\n" + content).utf8)
      let result = try #require(resultOfAllCuts(exchange, input, using: &random))
      #expect(result.reason.kind == kind)
    }
  }

  /// Whatever comes in, the result does not depend on how it is cut, and comes after a bounded number of octets.
  @Test func nonsenseEndsInAResult() throws {
    var random = SplitMix64.random()
    for _ in 0..<3_000 {
      let reading = try #require(readings.randomElement(using: &random))
      let input = mutated(Array(reading.response.utf8), using: &random)
      #expect(resultOfAllCuts(reading.exchange, input, using: &random) != nil, "seed \(random.seed)")
    }
  }

  /// What never ends by itself is ended.
  @Test(arguments: [
    "HTTP/1.1 100 Continue\r\n\r\n", "a", "a: b\r\n", "\r\n", "0", "1\r\nx\r\n", "1;;;;;", "0000000000\r\n",
    "\0",
    "5\r\n\r", "5\r\nhelloo\r\r\r",
  ])
  func endlessResponsesEnd(piece: String) {
    let starts = [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
    ]
    let block = [UInt8](repeatElement(Array(piece.utf8), count: 16_384 / piece.utf8.count).joined())
    for start in starts {
      for probe in [Reading("", ""), Reading("", "", body("ready"))] {
        var exchange = probe.exchange
        var step = start.isEmpty ? ExchangeStep.wait : exchange.receive(Array(start.utf8).span)
        var taken = 0
        while step == .wait, taken < 1_000_000 {
          step = exchange.receive(block.span)
          taken += block.count
        }
        #expect(step != .wait, "\(start)")
      }
    }
  }
}
