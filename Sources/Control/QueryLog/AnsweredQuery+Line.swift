internal import Answering
internal import DNSWire
internal import Transport
internal import Zones

extension AnsweredQuery {
  /// The query and its response as a line of a log, without its end: `TIME query client=... name=... rcode=...`.
  var line: String {
    var line = LogLine.timestamp(time) + " query"
    func add(_ key: String, _ value: String) { line += " \(key)=\(LogLine.value(value))" }
    add("client", client.description)
    add("transport", transport == .udp ? "udp" : "tcp")
    let message = ResponseSummary(response)
    add("name", message.name?.description ?? "-")
    add("type", message.type?.mnemonic ?? "-")
    add("rcode", message.rcode.mnemonic)
    if !message.flags.isEmpty { add("flags", message.flags.joined(separator: ",")) }
    add("answers", "\(message.answerCount)")
    if let answer = message.answer { add("answer", answer) }
    if let subnet = message.subnet { add("subnet", subnet) }
    add("octets", "\(response.count)")
    return line
  }
}
