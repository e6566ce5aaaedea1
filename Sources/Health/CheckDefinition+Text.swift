internal import DNSWire
internal import Steering

extension CheckDefinition {
  /// All that the definition says, in words with spaces between them: the same for equal definitions, and in every
  /// process.
  var canonicalText: String {
    var words = [
      "name=\(EscapedText.word(name))", "type=\(kind.rawValue)", "port=\(port.map(String.init) ?? "-")",
      "interval=\(interval.wholeNanoseconds)", "timeout=\(timeout.wholeNanoseconds)", "rise=\(rise)",
      "fall=\(fall)", "start=\(startsUp ? "up" : "down")", "slow-start=\(slowStart.wholeNanoseconds)",
    ]
    switch probe {
    case .tcp(let send, let expect):
      words += ["send=\(EscapedText.word(send))", "expect=\(EscapedText.word(expect))"]
    case .agent(let send): words.append("send=\(EscapedText.word(send))")
    case .http(let http): words += http.words
    case .https(let http, let verification): words += http.words + [verification.word]
    case .dns(let dns):
      words += [
        "query=\(EscapedText.word("\(dns.query)"))", "qtype=\(dns.type.rawValue)",
        "rcode=\(dns.rcode.rawValue)", "answer=\(dns.answer.map { "=" + EscapedText.word($0) } ?? "-")",
      ]
    case .exec(let command): words += command.map { "command=\(EscapedText.word($0))" }
    case .icmp, .heartbeat, .always: break
    }
    return words.joined(separator: " ")
  }
}

extension HTTPProbe {
  fileprivate var words: [String] {
    [
      "method=\(method.rawValue)", "path=\(EscapedText.word(path))",
      "host=\(host.map { "=" + EscapedText.word($0) } ?? "-")",
      "header=\(field.map { "=" + EscapedText.word("\($0.name): \($0.value)") } ?? "-")",
      "expect=\(expected.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ","))",
      "body=\(EscapedText.word(body))",
    ]
  }
}

extension TLSVerification {
  fileprivate var word: String {
    switch self {
    case .system: "verify=on"
    case .authorities(let path): "ca=\(EscapedText.word(path))"
    case .none: "verify=off"
    }
  }
}
