extension DomainName {
  /// Why a text is not a domain name. Offsets are into the text, in octets.
  public enum TextError: Error, Equatable, Sendable {
    case empty
    /// Two dots in a row, or one in front.
    case emptyLabel(at: Int)
    /// The offset is the label's first octet.
    case labelTooLong(at: Int)
    case nameTooLong
    /// A backslash that neither a character nor three digits up to 255 follow.
    case malformedEscape(at: Int)
  }

  /// Reads a name in presentation format (RFC 1035 §5.1) as absolute, with the final dot or without.
  public init(_ text: some StringProtocol) throws(TextError) {
    try self.init(text, relativeTo: .root)
  }

  /// Reads a name in presentation format (RFC 1035 §5.1). Without a final dot, `origin` is added.
  public init(_ text: some StringProtocol, relativeTo origin: DomainName) throws(TextError) {
    let source = Array(text.utf8)
    var octets = [UInt8](repeating: 0, count: Self.maximumLength)
    var destination = octets.mutableSpan
    let count = try Self.encode(source.span, relativeTo: origin.octets.span, into: &destination)
    octets.removeLast(octets.count - count)
    self.init(wellFormed: octets)
  }

  /// Writes the wire format of the name that `text` presents (RFC 1035 §5.1) to `destination`, which has
  /// room for 255 octets, and returns its length. A name without a final dot gets `origin`, itself in
  /// wire format. `@` has no meaning here.
  public static func encode(
    _ text: Span<UInt8>, relativeTo origin: Span<UInt8>, into destination: inout MutableSpan<UInt8>
  ) throws(TextError) -> Int {
    guard text.count > 0 else { throw .empty }
    if text.count == 1, text[0] == UInt8(ascii: ".") {
      destination[0] = 0
      return 1
    }
    var lengthAt = 0
    var end = 1
    var labelStart = 0
    var index = 0
    while index < text.count {
      var octet = text[index]
      if octet == UInt8(ascii: ".") {
        try closeLabel(at: lengthAt, end: end, textStart: labelStart, in: &destination)
        lengthAt = end
        end += 1
        index += 1
        labelStart = index
        continue
      }
      if octet == UInt8(ascii: "\\") {
        guard let escape = Escape.read(text, at: index) else { throw .malformedEscape(at: index) }
        octet = escape.octet
        index += escape.length
      } else {
        index += 1
      }
      // The last octet of the 255 is the root's.
      guard end < maximumLength - 1 else { throw .nameTooLong }
      destination[end] = octet
      end += 1
    }
    if end == lengthAt + 1 {
      destination[lengthAt] = 0
      return end
    }
    try closeLabel(at: lengthAt, end: end, textStart: labelStart, in: &destination)
    guard end + origin.count <= maximumLength else { throw .nameTooLong }
    for index in 0..<origin.count {
      destination[end + index] = origin[index]
    }
    return end + origin.count
  }

  @inline(__always)
  private static func closeLabel(
    at lengthAt: Int, end: Int, textStart: Int, in destination: inout MutableSpan<UInt8>
  ) throws(TextError) {
    let length = end - lengthAt - 1
    guard length > 0 else { throw .emptyLabel(at: textStart) }
    guard length <= maximumLabelLength else { throw .labelTooLong(at: textStart) }
    destination[lengthAt] = UInt8(length)
  }
}

extension DomainName: CustomStringConvertible {
  /// The name in presentation format: absolute, so with the final dot, and with escapes (RFC 4343 §2.1).
  public var description: String {
    if isRoot { return "." }
    var text: [UInt8] = []
    text.reserveCapacity(octets.count)
    var index = 0
    while octets[index] != 0 {
      let end = index + 1 + Int(octets[index])
      for octet in octets[(index + 1)..<end] {
        Self.appendPresentation(of: octet, to: &text)
      }
      text.append(UInt8(ascii: "."))
      index = end
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func appendPresentation(of octet: UInt8, to text: inout [UInt8]) {
    switch octet {
    case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: ";"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "@"), UInt8(ascii: "$"):
      text.append(UInt8(ascii: "\\"))
      text.append(octet)
    case 0x21...0x7e:
      text.append(octet)
    default:
      text.append(UInt8(ascii: "\\"))
      text.append(0x30 + octet / 100)
      text.append(0x30 + octet / 10 % 10)
      text.append(0x30 + octet % 10)
    }
  }
}

extension DomainName.TextError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "a name is empty; write . for the root"
    case .emptyLabel:
      "a label is empty; dots stand between labels, never two in a row or in front"
    case .labelTooLong:
      "a label is longer than \(DomainName.maximumLabelLength) octets"
    case .nameTooLong:
      "the name is longer than \(DomainName.maximumLength) octets"
    case .malformedEscape:
      "a backslash needs a character that is not a digit, or three digits up to 255, after it"
    }
  }
}
