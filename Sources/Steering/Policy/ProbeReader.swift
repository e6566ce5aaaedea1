import DNSWire

/// Reads what a check does: the keys that its kind has for itself.
struct ProbeReader {
  let values: CheckValues
  let name: String
  /// Index of the check's first record.
  let first: Int
  let command: [String]?

  /// Nil when a key that the kind cannot do without is missing or wrong, which is reported.
  func probe(of kind: CheckDefinition.Kind) -> Probe? {
    switch kind {
    case .tcp: .tcp(send: octets(.send), expect: octets(.expect))
    case .http: .http(http())
    case .https: https()
    case .dns: dns()
    case .icmp: .icmp
    case .agent: .agent(send: octets(.send))
    case .exec: exec()
    case .heartbeat: .heartbeat
    case .always: .always
    }
  }

  private func octets(_ key: CheckKey) -> [UInt8] {
    values.value(key) { pair throws(ValueProblem) in pair.value } ?? []
  }

  private func exec() -> Probe? {
    guard let command else {
      values.add(.noCommand(name), at: .type, or: first)
      return nil
    }
    return .exec(command: command)
  }

  private func http() -> HTTPProbe {
    var probe = HTTPProbe()
    let method = values.value(.method) { pair throws(ValueProblem) in try pair.word(HTTPProbe.Method.self) }
    probe.method = method ?? probe.method
    probe.path = values.value(.path) { pair throws(ValueProblem) in try pair.path() } ?? probe.path
    probe.host = values.value(.host) { pair throws(ValueProblem) in try pair.host() }
    probe.field = values.value(.header) { pair throws(ValueProblem) in try pair.field() }
    probe.expected = values.value(.expect) { pair throws(ValueProblem) in try pair.codes() } ?? probe.expected
    probe.body = octets(.body)
    if probe.method == .head, values.says(.body) { values.add(.bodyOfHead, at: .body, or: first) }
    return probe
  }

  private func https() -> Probe {
    let probe = http()
    let use = values.value(.verify) { pair throws(ValueProblem) in
      try pair.word(CertificateUse.self, synonyms: CertificateUse.synonyms)
    }
    let file = values.value(.ca) { pair throws(ValueProblem) in try pair.filePath() }
    if use == .off {
      if values.says(.ca) { values.add(.unusedAuthorities, at: .ca, or: first) }
      return .https(probe, .none)
    }
    // Members are addresses, and few certificates are for those.
    if !values.says(.host) { values.add(.noHost(name), at: .type, or: first) }
    return .https(probe, file.map(TLSVerification.authorities) ?? .system)
  }

  private func dns() -> Probe? {
    let type = values.value(.qtype) { pair throws(ValueProblem) in try pair.recordType() }
    let rcode = values.value(.rcode) { pair throws(ValueProblem) in try pair.rcode() }
    let answer = values.value(.answer) { pair throws(ValueProblem) in try pair.answer(of: type ?? .a) }
    if let rcode, rcode != .noError, values.says(.answer) {
      values.add(.answerOfFailure, at: .answer, or: first)
    }
    if !values.says(.query) { values.add(.noQuery(name), at: .type, or: first) }
    guard let query = values.value(.query, { pair throws(ValueProblem) in try pair.queryName() }) else {
      return nil
    }
    var probe = DNSProbe(query: query)
    probe.type = type ?? probe.type
    probe.rcode = rcode ?? probe.rcode
    probe.answer = answer
    return .dns(probe)
  }
}
