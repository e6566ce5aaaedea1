/// A JSON value (RFC 8259), written with its keys in the order given.
enum JSON {
  case object([(String, JSON)])
  case array([JSON])
  case string(String)
  case number(Int)
  /// What is no number becomes null.
  case real(Double)
  case null

  /// The value on one line.
  var text: String {
    switch self {
    case .object(let members):
      "{" + members.map { Self.quoted($0) + ":" + $1.text }.joined(separator: ",") + "}"
    case .array(let elements):
      "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .string(let string):
      Self.quoted(string)
    case .number(let number):
      String(number)
    case .real(let number):
      number.isFinite ? "\(number)" : "null"
    case .null:
      "null"
    }
  }

  private static func quoted(_ string: String) -> String {
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..."\u{1f}", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
