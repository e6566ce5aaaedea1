import Health
import Steering

/// HAProxy's agent-check protocol: the member says in one line how it is. Words with spaces, tabs or commas
/// between them, in any order and letter case:
/// - `up`, `down`, `fail`, `stopped`: whether it works; after a `#` it may say why;
/// - `ready`, `drain`, `maint`: whether it wants to be used;
/// - `75%`: what it wants of its weight;
/// - `maxconn:30`: of no use here.
struct AgentExchange: Exchange {
  /// The longest line.
  static let limit = 1_024

  private let message: [UInt8]
  private var line: [UInt8] = []

  init(send message: [UInt8]) {
    self.message = message
  }

  func open() -> ExchangeStep { message.isEmpty ? .wait : .send(message) }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    for index in octets.indices {
      let octet = octets[index]
      if octet == 0x0a || octet == 0x0d { return .finish(Self.result(of: line)) }
      guard line.count < Self.limit else {
        return .finish(.failure(.malformed, "the line is longer than \(Self.limit) octets"))
      }
      line.append(octet)
    }
    return .wait
  }

  func end() -> ProbeResult {
    line.isEmpty ? .failure(.closed, "closed before a line came") : Self.result(of: line)
  }

  var awaited: String { "the agent's line" }

  static func result(of line: [UInt8]) -> ProbeResult {
    let parts = line.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
    var report = LoadReport()
    var state: LoadReport.Word?
    for word in words {
      let text = String(decoding: word, as: UTF8.self).lowercased()
      if let known = LoadReport.Word(rawValue: text) {
        switch known {
        case .ready, .drain, .maint: report.administration = known
        case .up, .down, .fail, .stopped: state = known
        }
      } else if text.hasSuffix("%"), let percent = Int(text.dropLast()), (0...25_600).contains(percent) {
        report.weight = percent
      } else if !text.hasPrefix("maxconn:") {
        return .failure(.malformed, "\"\(String(shown: word))\" is not a word of the agent protocol")
      }
    }
    guard !words.isEmpty else { return .failure(.malformed, "the line is empty") }
    var result = ProbeResult.success(String(shown: line))
    if let state, state != .up { result = .failure(.reported, String(shown: line)) }
    result.report = report
    return result
  }
}
