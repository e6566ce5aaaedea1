/// Queries as octets.
enum TestQuery {
  static let big = "big"
  static let typeA: UInt16 = 1
  static let typeTXT: UInt16 = 16

  /// A query for a name in `example.com`.
  static func octets(
    id: UInt16, _ label: String = "www", type: UInt16 = typeA, rrClass: UInt8 = 1
  ) -> [UInt8] {
    var octets = [UInt8(id >> 8), UInt8(id & 0xff), 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    for label in [label, "example", "com"] { octets += [UInt8(label.utf8.count)] + Array(label.utf8) }
    return octets + [0, UInt8(type >> 8), UInt8(type & 0xff), 0, rrClass]
  }

  /// A query that asks how `www.example.com` is answered.
  static func explanation(id: UInt16) -> [UInt8] { octets(id: id, type: typeTXT, rrClass: 3) }

  /// The same with the length that precedes it on TCP.
  static func framed(id: UInt16, _ label: String = "www", type: UInt16 = typeA) -> [UInt8] {
    framed(octets(id: id, label, type: type))
  }

  static func framed(_ message: [UInt8]) -> [UInt8] {
    [UInt8(message.count >> 8), UInt8(message.count & 0xff)] + message
  }

  /// A query with an OPT record that makes it `size` octets long.
  static func padded(id: UInt16, size: Int) -> [UInt8] {
    var query = octets(id: id)
    query[11] = 1
    let rest = size - query.count - 11
    query += [0, 0, 41, 4, 208, 0, 0, 0, 0, UInt8(rest >> 8), UInt8(rest & 0xff)]
    let option = rest - 4
    return query + [0, 12, UInt8(option >> 8), UInt8(option & 0xff)] + [UInt8](repeating: 0, count: option)
  }
}

/// What tests look at in a response.
struct TestResponse {
  let octets: [UInt8]

  var id: Int { octets.count < 2 ? -1 : Int(octets[0]) << 8 | Int(octets[1]) }
  var isResponse: Bool { octets.count >= 12 && octets[2] & 0x80 != 0 }
  var rcode: UInt8 { octets.count < 4 ? 255 : octets[3] & 15 }
  var answerCount: Int { octets.count < 8 ? -1 : Int(octets[6]) << 8 | Int(octets[7]) }
}
