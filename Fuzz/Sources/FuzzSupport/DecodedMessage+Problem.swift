extension DecodedMessage {
  private static let cname: UInt16 = 5
  private static let dname: UInt16 = 39
  private static let soa: UInt16 = 6
  private static let any: UInt16 = 255
  private static let chaos: UInt16 = 3

  /// What is wrong with a response, whatever the zones hold; nil when nothing is.
  var problem: String? {
    let records = answer + authority + additional
    guard Set(records).count == records.count else { return "a record is sent twice" }
    guard records.allSatisfy({ $0.ttl >> 31 == 0 }) else { return "a TTL above 2^31-1" }
    guard let question else { return records.isEmpty ? nil : "records without a question" }
    let rrClass: UInt16 = question.rrClass == Self.chaos ? Self.chaos : 1
    guard records.allSatisfy({ $0.rrClass == rrClass }) else { return "a record of another class" }
    if ![0, 3, 6].contains(rcode), !records.isEmpty { return "records with rcode \(rcode)" }
    return problemOfChain(from: question.name, question.type) ?? problemOfAuthority(question.name)
  }

  /// Answers belong to the question's name, or to one that CNAMEs before them led to (RFC 1034 §4.3.2).
  private func problemOfChain(from name: [UInt8], _ type: UInt16) -> String? {
    var current = name
    // One step of a chain is a CNAME, with a DNAME before it or not.
    if answer.filter({ $0.type == Self.cname }).count > 17, type != Self.cname { return "a long chain" }
    var isAtEnd = false
    var isRedirected = false
    for record in answer {
      if record.type == Self.dname, record.owner != current {
        guard !isAtEnd, !isRedirected, current.isBelow(record.owner) else {
          return "a DNAME that does not lead on"
        }
        isRedirected = true
        continue
      }
      guard record.owner == current else { return "an answer for another name" }
      if record.type == Self.cname, type != Self.cname {
        guard !isAtEnd else { return "a CNAME beside an answer" }
        current = record.rdata
        isRedirected = false
        continue
      }
      guard record.type == type || type == Self.any else { return "an answer of another type" }
      isAtEnd = true
    }
    return nil
  }

  /// Either the SOA of a negative answer, or the NS of a referral, above the name in question.
  private func problemOfAuthority(_ name: [UInt8]) -> String? {
    guard let first = authority.first else { return nil }
    guard authority.allSatisfy({ $0.owner == first.owner }) else { return "authority of several names" }
    guard authority.allSatisfy({ $0.type == 2 }) || (authority.count == 1 && first.type == Self.soa) else {
      return "authority of another type"
    }
    let last = answer.last?.rdata ?? name
    guard last.isBelow(first.owner) else { return "authority of another branch" }
    return nil
  }
}

extension [UInt8] {
  /// Whether a name in wire format is another one or below it.
  fileprivate func isBelow(_ other: [UInt8]) -> Bool {
    var index = 0
    while count - index > other.count { index += Int(self[index]) + 1 }
    return count - index == other.count && self[index...].elementsEqual(other)
  }
}
