import DNSWire
import Zones

extension TextPair {
  /// The value as the target of a request: its path, and its query if it has one (RFC 9112 §3.2.1).
  func path() throws(ValueProblem) -> String {
    // Whatever else there may be in an address is percent-encoded (RFC 3986 §2.1); `#` would never be sent.
    guard value.first == UInt8(ascii: "/"), value.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x23 })
    else {
      throw .malformed(
        shown, "a path, which begins with / and has neither spaces nor #", example: "\(key)=/healthz")
    }
    return text
  }

  /// The value as the name or address of a host (RFC 1123 §2.1); underscores are let through.
  func host() throws(ValueProblem) -> String {
    let text = text
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    // A last label of digits is part of an address (RFC 1123 §2.1).
    let isName =
      text.utf8.count <= 253 && labels.allSatisfy { PolicyPlace.definedName($0) != nil }
      && labels.last?.allSatisfy { $0 &- 0x30 < 10 } == false
    guard isName || IPAddress(text) != nil else {
      throw .malformed(shown, "a host name without a final dot or port", example: "\(key)=www.example.com")
    }
    return text
  }

  /// The value as a header field (RFC 9112 §5): its name, a colon, its value.
  func field() throws(ValueProblem) -> HTTPProbe.Field {
    let parts = (validText ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    // What ends a line would let the value write fields and requests of its own (RFC 9110 §5.5).
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(Self.isToken),
      parts[1].utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }),
      let start = parts[1].utf8.firstIndex(where: { $0 != 0x20 && $0 != 0x09 })
    else { throw .malformed(shown, "a header field", example: "\(key)=X-Probe: swiftlet") }
    let content = String(parts[1][start...])
    guard parts[0].lowercased() != "host" else {
      throw .malformed(shown, "a header field besides Host", example: "host=\(String(shown: content.utf8))")
    }
    return HTTPProbe.Field(name: String(parts[0]), value: content)
  }

  /// The value as status codes: single ones and ranges with commas between them.
  func codes() throws(ValueProblem) -> [ClosedRange<Int>] {
    var codes: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(
        Decimal.integer)
      guard let first = ends.first ?? nil, let last = ends.last ?? nil else {
        throw .malformed(shown, "a list of status codes", example: "\(key)=200-299,301")
      }
      guard first <= last else { throw .boundsOrder(shown, "\(key)=\(last)-\(first)") }
      guard first >= 100, last <= 599 else { throw .outOfRange(shown, "100", "599") }
      codes.append(first...last)
    }
    return codes
  }

  /// The value as the path of a file from the root on.
  func filePath() throws(ValueProblem) -> String {
    guard let text = validText, text.hasPrefix("/"), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw .malformed(shown, "the path of a file from / on", example: "\(key)=/etc/ssl/certs/internal.pem")
    }
    return text
  }

  /// The value as a name to ask for, with its final dot.
  func queryName() throws(ValueProblem) -> DomainName {
    try absoluteName("a name with its final dot")
  }

  /// The value as the type of a record, in any letter case, or as `TYPE` and its number (RFC 3597 §5).
  func recordType() throws(ValueProblem) -> RRType {
    let word = text.uppercased()
    if word.hasPrefix("TYPE"), let number = Decimal.integer(word.dropFirst(4)), (1...65_535).contains(number)
    {
      return RRType(rawValue: UInt16(number))
    }
    guard let type = Self.types[word] else {
      throw .malformed(shown, "a record type", example: "\(key)=A or \(key)=TYPE65280")
    }
    return type
  }

  /// The value as a response code (RFC 1035 §4.1.1), in any letter case.
  func rcode() throws(ValueProblem) -> Rcode {
    guard let rcode = Self.rcodes.first(where: { $0.mnemonic == text.uppercased() }) else {
      let names = Self.rcodes.map(\.mnemonic)
      let suggestion = ClosestWord.to(text, in: names)
      throw .notWord(shown, names, suggestion: suggestion.map { "\(key)=\($0)" })
    }
    return rcode
  }

  /// The value as the data of a record of type `type`, of which addresses are checked.
  func answer(of type: RRType) throws(ValueProblem) -> String {
    guard let text = validText else {
      throw .malformed(shown, "text in UTF-8", example: "\(key)=10 mail.example.com.")
    }
    let family = IPAddress(text)?.family
    if type == .a, family != .v4 { throw .malformed(shown, "an IPv4 address", example: "\(key)=192.0.2.1") }
    if type == .aaaa, family != .v6 {
      throw .malformed(shown, "an IPv6 address", example: "\(key)=2001:db8::1")
    }
    return text
  }

  /// Types of data by name (RFC 6895 §3.1); those above 300 have to be written as numbers.
  private static let types: [String: RRType] = {
    let types = (1...300).map { RRType(rawValue: $0) }.filter {
      !(128...255).contains($0.rawValue) && $0 != .opt
    }
    return Dictionary(types.map { ($0.mnemonic, $0) }) { first, _ in first }
  }()

  private static let rcodes: [Rcode] = [
    .noError, .formErr, .servFail, .nxDomain, .notImp, .refused, .notAuth,
  ]

  /// Whether the octet can be in the name of a field (RFC 9110 §5.6.2).
  private static func isToken(_ octet: UInt8) -> Bool {
    (octet | 0x20) &- 0x61 < 26 || octet &- 0x30 < 10 || "!#$%&'*+-.^_`|~".utf8.contains(octet)
  }
}
