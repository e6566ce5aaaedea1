extension JSON {
  /// The member of an object; nil when this is none, or has none of that name.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// The object without a member.
  func without(_ name: String) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.0 != name })
  }

  var string: String? { if case .string(let string) = self { string } else { nil } }

  var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  /// A whole number.
  var integer: Int? { if case .number(let number) = self { number } else { nil } }

  /// A number with or without a fraction.
  var double: Double? {
    switch self {
    case .number(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  var boolean: Bool? { if case .boolean(let boolean) = self { boolean } else { nil } }
}

extension JSON {
  init(_ string: String?) { self = string.map { .string($0) } ?? .null }

  init(_ number: Int?) { self = number.map { .number($0) } ?? .null }

  init(_ number: Double?) { self = number.map { .real($0) } ?? .null }
}
