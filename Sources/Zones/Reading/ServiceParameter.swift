import DNSWire

/// One parameter of an SVCB or HTTPS record (RFC 9460 §2.1), its value in wire format.
struct ServiceParameter {
  enum ParameterError: Error, Equatable {
    case unknownKey(String)
    case malformedQuotes
    case malformedEscape
    case missingValue(ServiceParameterKey)
    case surplusValue(ServiceParameterKey)
    case malformedValue(ServiceParameterKey, String)
    case tooLong(ServiceParameterKey)
    case twice(ServiceParameterKey)
    case mandatoryMissing(ServiceParameterKey)
    case alpnMissing
  }

  let key: ServiceParameterKey
  let value: [UInt8]

  /// Reads `KEY`, `KEY=VALUE` or `KEY="VALUE"`.
  init(_ word: [UInt8]) throws(ParameterError) {
    let name = word.prefix { $0 != UInt8(ascii: "=") }
    guard let key = ServiceParameterKey(name: name), key != .invalid else {
      throw .unknownKey(String(excerptOf: name))
    }
    self.key = key
    let hasValue = name.count < word.count
    var text: [UInt8] = []
    if hasValue { text = try Self.unescaped(Self.unquoted(word[(name.count + 1)...])) }
    if ServiceParameterKey.isGeneric(name) {
      value = text
    } else {
      value = try Self.encode(text, hasValue: hasValue, for: key)
    }
    guard value.count <= Int(UInt16.max) else { throw .tooLong(key) }
  }

  private static func encode(
    _ text: [UInt8], hasValue: Bool, for key: ServiceParameterKey
  ) throws(ParameterError) -> [UInt8] {
    if key == .noDefaultALPN || key == .ohttp {
      guard !hasValue else { throw .surplusValue(key) }
      return []
    }
    guard !text.isEmpty else { throw .missingValue(key) }
    guard let value = encode(text, for: key) else {
      throw .malformedValue(key, String(excerptOf: text))
    }
    return value
  }

  /// Nil when the text is no value of the key.
  private static func encode(_ text: [UInt8], for key: ServiceParameterKey) -> [UInt8]? {
    switch key {
    case .mandatory:
      return mandatoryKeys(text)
    case .alpn:
      return protocols(text)
    case .port:
      return UInt16(decimal: text.span).map { bigEndian($0) }
    case .ipv4hint:
      return addresses(text) { address in
        AddressText.ipv4(address).map { bigEndian($0) }
      }
    case .ipv6hint:
      return addresses(text) { address in
        AddressText.ipv6(address).map { bigEndian($0.high) + bigEndian($0.low) }
      }
    case .ech:
      var decoded = RDataBuffer()
      var decoder = Base64()
      guard decoder.decode(text.span, into: &decoded), decoder.isComplete else { return nil }
      return decoded.octets
    default:
      return text
    }
  }

  /// RFC 9460 §8: keys in ascending order, none twice, `mandatory` itself not among them.
  private static func mandatoryKeys(_ text: [UInt8]) -> [UInt8]? {
    var keys: Set<ServiceParameterKey> = []
    for name in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let key = ServiceParameterKey(name: name), key != .mandatory, keys.insert(key).inserted else {
        return nil
      }
    }
    return keys.sorted().flatMap { bigEndian($0.rawValue) }
  }

  /// RFC 9460 §7.1.1 and appendix A.1: names of 1 to 255 octets set apart by commas, which `\,` is not.
  private static func protocols(_ text: [UInt8]) -> [UInt8]? {
    var encoded: [UInt8] = []
    var item: [UInt8] = []
    var index = 0
    while index <= text.count {
      if index == text.count || text[index] == UInt8(ascii: ",") {
        guard !item.isEmpty, let length = UInt8(exactly: item.count) else { return nil }
        encoded.append(length)
        encoded += item
        item = []
      } else {
        if text[index] == UInt8(ascii: "\\"), index + 1 < text.count { index += 1 }
        item.append(text[index])
      }
      index += 1
    }
    return encoded
  }

  private static func addresses(
    _ text: [UInt8], encode: (Span<UInt8>) -> [UInt8]?
  ) -> [UInt8]? {
    var encoded: [UInt8] = []
    for address in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let octets = encode(address.span) else { return nil }
      encoded += octets
    }
    return encoded
  }

  private static func unquoted(_ text: ArraySlice<UInt8>) throws(ParameterError) -> ArraySlice<UInt8> {
    let quote = UInt8(ascii: "\"")
    guard text.first == quote else {
      guard !hasUnescapedQuote(text) else { throw .malformedQuotes }
      return text
    }
    let inside = text.dropFirst().dropLast()
    guard text.count >= 2, text.last == quote, !hasUnescapedQuote(inside) else { throw .malformedQuotes }
    return inside
  }

  private static func hasUnescapedQuote(_ text: ArraySlice<UInt8>) -> Bool {
    var isEscaped = false
    for octet in text {
      if octet == UInt8(ascii: "\""), !isEscaped { return true }
      isEscaped = octet == UInt8(ascii: "\\") && !isEscaped
    }
    return false
  }

  /// The value with `\DDD` and `\X` replaced, as in any character string (RFC 1035 §5.1).
  private static func unescaped(_ text: ArraySlice<UInt8>) throws(ParameterError) -> [UInt8] {
    guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
    var buffer = RDataBuffer()
    guard buffer.append(unescaping: text.span) else { throw .malformedEscape }
    return buffer.octets
  }

  private static func bigEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

extension ServiceParameter.ParameterError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknownKey(let name):
      "\"\(name)\" is not a parameter; write its number, like key667=VALUE"
    case .malformedQuotes:
      "quotes stand around the whole value, like alpn=\"h2,h3\""
    case .malformedEscape:
      "\(ReadingProblem.malformedEscape)"
    case .missingValue(let key):
      "parameter \(key) needs a value: \(key)=\(Self.example(of: key))"
    case .surplusValue(let key):
      "parameter \(key) takes no value"
    case .malformedValue(let key, let text):
      "\"\(text)\" is not a value of \(key); write it like \(key)=\(Self.example(of: key))"
    case .tooLong(let key):
      "the value of \(key) is longer than 65535 octets"
    case .twice(let key):
      "parameter \(key) is there twice"
    case .mandatoryMissing(let key):
      "parameter \(key) is listed as mandatory and is not there"
    case .alpnMissing:
      "no-default-alpn needs alpn beside it"
    }
  }

  private static func example(of key: ServiceParameterKey) -> String {
    switch key {
    case .mandatory: "alpn,port"
    case .alpn: "h2,h3"
    case .port: "8443"
    case .ipv4hint: "192.0.2.1,192.0.2.2"
    case .ipv6hint: "2001:db8::1,2001:db8::2"
    case .ech: "BASE64"
    case .dohpath: "/dns-query{?dns}"
    default: "VALUE"
    }
  }
}
