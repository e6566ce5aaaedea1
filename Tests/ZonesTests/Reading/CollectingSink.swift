import DNSWire

@testable import Zones

/// Keeps what a reader hands over as lines of text, to compare with what a test expects.
struct CollectingSink: RecordSink {
  let isFull = false
  /// `owner TTL type rdata-as-hexadecimal`; the TTL is `-` when there is none.
  var records: [String] = []
  /// `file:line:column` of each record, the file as its index.
  var positions: [String] = []
  var diagnostics: [Diagnostic] = []

  mutating func add(
    owner: Span<UInt8>, type: RRType, ttl: UInt32?, rdata: Span<UInt8>, at position: RecordPosition
  ) {
    let name = DomainName(wire: copy(owner)).map(\.description) ?? "malformed"
    let time = ttl.map(String.init) ?? "-"
    records.append("\(name) \(time) \(type.mnemonic) \(hexadecimal(copy(rdata)))")
    positions.append("\(position.file):\(position.line):\(position.column)")
  }

  mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  private func copy(_ span: Span<UInt8>) -> [UInt8] {
    span.indices.map { span[$0] }
  }
}

func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
  octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
