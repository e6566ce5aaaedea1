import DNSWire

/// Room for one name in wire format, reused from record to record.
struct NameOctets {
  private var storage = InlineArray<255, UInt8>(repeating: 0)
  private(set) var count = 0

  /// The name; empty when there is none yet.
  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: count) }
  }

  /// The name in presentation format.
  var text: String {
    var octets: [UInt8] = []
    for index in 0..<count {
      octets.append(storage[index])
    }
    return DomainName(wellFormed: octets).description
  }

  init() {}

  init(_ name: DomainName) {
    for (index, octet) in name.octets.enumerated() {
      storage[index] = octet
    }
    count = name.octets.count
  }

  /// Takes the name that `text` presents; without a final dot `origin` is added.
  mutating func set(_ text: Span<UInt8>, origin: borrowing NameOctets) throws(DomainName.TextError) {
    var destination = storage.mutableSpan
    count = try DomainName.encode(text, relativeTo: origin.span, into: &destination)
  }

  /// Whether the name is `origin` twice over, as when a final dot was forgotten:
  /// `www.example.com.example.com.`
  func repeats(_ origin: borrowing NameOctets) -> Bool {
    let length = origin.count - 1
    guard length > 1, count >= 2 * length + 1 else { return false }
    let name = span
    let suffix = origin.span
    let start = count - 1 - 2 * length
    for index in 0..<length where name[start + index] != suffix[index] {
      return false
    }
    return true
  }
}
