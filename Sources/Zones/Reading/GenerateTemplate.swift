/// The text of a `$GENERATE` record, in which each `$` stands for the value.
///
/// `${OFFSET,WIDTH,BASE}` adds OFFSET to the value and writes it at least WIDTH characters wide in BASE:
/// d, o, x, X, or n and N for nibbles in reverse order with dots between, as under ip6.arpa. `$$` and `\$`
/// are the character itself.
struct GenerateTemplate {
  private enum Base: UInt8 {
    case decimal = 0x64  // d
    case octal = 0x6f  // o
    case hexadecimal = 0x78  // x
    case capitalHexadecimal = 0x58  // X
    case nibbles = 0x6e  // n
    case capitalNibbles = 0x4e  // N
  }

  private enum Part {
    case text([UInt8])
    case value(offset: Int, width: Int, base: Base)
  }

  private var parts: [Part] = []

  init(_ text: [UInt8]) throws(ReadingProblem) {
    var literal: [UInt8] = []
    var index = 0
    while index < text.count {
      let octet = text[index]
      let following = index + 1 < text.count ? text[index + 1] : nil
      switch (octet, following) {
      case (UInt8(ascii: "\\"), let escaped?):
        literal += [octet, escaped]
        index += 2
      case (UInt8(ascii: "$"), UInt8(ascii: "$")):
        // Escaped, so that it does not look like a directive at the front of the owner.
        literal += [UInt8(ascii: "\\"), octet]
        index += 2
      case (UInt8(ascii: "$"), UInt8(ascii: "{")):
        let rest = text[(index + 2)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
          throw .generateModifier(text: String(excerptOf: text[index...]))
        }
        guard let value = Self.value(rest[..<end]) else {
          throw .generateModifier(text: String(excerptOf: text[index...end]))
        }
        parts += [.text(literal), value]
        literal = []
        index = end + 1
      case (UInt8(ascii: "$"), _):
        parts += [.text(literal), .value(offset: 0, width: 0, base: .decimal)]
        literal = []
        index += 1
      default:
        literal.append(octet)
        index += 1
      }
    }
    parts.append(.text(literal))
  }

  /// Replaces `line` with the text for a value.
  func expand(_ value: Int, into line: inout [UInt8]) throws(ReadingProblem) {
    line.removeAll(keepingCapacity: true)
    for part in parts {
      switch part {
      case .text(let text):
        line += text
      case .value(let offset, let width, let base):
        guard value + offset >= 0 else { throw .generateNegative(value: value + offset) }
        Self.append(value + offset, width: width, base: base, to: &line)
      }
    }
  }

  /// Reads the inside of `${OFFSET[,WIDTH[,BASE]]}`.
  private static func value(_ text: ArraySlice<UInt8>) -> Part? {
    let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard (1...3).contains(fields.count),
      let offset = Int32(String(decoding: fields[0], as: UTF8.self))
    else { return nil }
    var width: UInt8 = 0
    if fields.count > 1 {
      guard let stated = UInt8(String(decoding: fields[1], as: UTF8.self)) else { return nil }
      width = stated
    }
    var base = Base.decimal
    if fields.count > 2 {
      guard fields[2].count == 1, let letter = fields[2].first, let stated = Base(rawValue: letter) else {
        return nil
      }
      base = stated
    }
    return .value(offset: Int(offset), width: Int(width), base: base)
  }

  private static func append(_ value: Int, width: Int, base: Base, to line: inout [UInt8]) {
    let text =
      switch base {
      case .decimal: String(value)
      case .octal: String(value, radix: 8)
      case .hexadecimal: String(value, radix: 16)
      case .capitalHexadecimal: String(value, radix: 16, uppercase: true)
      case .nibbles: nibbles(String(value, radix: 16), width: width)
      case .capitalNibbles: nibbles(String(value, radix: 16, uppercase: true), width: width)
      }
    if base != .nibbles, base != .capitalNibbles, text.utf8.count < width {
      line += [UInt8](repeating: UInt8(ascii: "0"), count: width - text.utf8.count)
    }
    line += text.utf8
  }

  /// The digits, lowest first, with dots between. The width counts the dots, and where it is even, as in
  /// BIND, there is one at the end, too: `${0,64,n}ip6.arpa.`
  private static func nibbles(_ digits: String, width: Int) -> String {
    var reversed = Array(digits.reversed())
    while reversed.count * 2 < width {
      reversed.append("0")
    }
    let text = reversed.map { String($0) }.joined(separator: ".")
    return reversed.count * 2 == width ? text + "." : text
  }
}
