internal import DNSWire
internal import Health
internal import Steering

/// The fields of a request, each of a kind and each known.
struct RequestFields {
  /// Why a request is not taken; one line that says what would be right.
  struct Mistake: Error, Equatable {
    let message: String
  }

  /// Characters of a text, at most.
  private static let textLimit = 1_024

  /// What is asked for.
  let verb: String
  private let fields: [(String, JSON)]

  /// - Parameter known: the fields that each verb has besides `do`, with the verbs in the order to tell of them.
  init(_ request: JSON, known: KeyValuePairs<String, [String]>) throws(Mistake) {
    guard case .object(let fields) = request else {
      throw Mistake(message: "a request is an object, like {\"do\":\"status\"}")
    }
    let verbs = known.map(\.key).joined(separator: ", ")
    guard let verb = request["do"]?.string else {
      throw Mistake(message: "'do' is needed, which says what to do; it can be \(verbs)")
    }
    guard let names = known.first(where: { $0.key == verb })?.value else {
      let suggestion = ClosestMatch.of(verb, in: known.map(\.key)).map { "did you mean '\($0)'?" }
      throw Mistake(
        message: "'\(LogLine.escaped(verb))' cannot be done; \(suggestion ?? "it can be \(verbs)")")
    }
    if let stranger = fields.first(where: { $0.0 != "do" && !names.contains($0.0) })?.0 {
      let suggestion = ClosestMatch.of(stranger, in: names).map { "did you mean '\($0)'?" }
      let right = names.isEmpty ? "it has none" : "those are \(names.joined(separator: ", "))"
      throw Mistake(
        message: "'\(LogLine.escaped(stranger))' is not a field of \(verb); \(suggestion ?? right)")
    }
    self.verb = verb
    self.fields = fields
  }

  /// A field that says something; nil: it is not there, or null.
  private func value(_ name: String) -> JSON? {
    guard let value = fields.first(where: { $0.0 == name })?.1 else { return nil }
    if case .null = value { return nil }
    return value
  }

  func text(_ name: String) throws(Mistake) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.string, !text.isEmpty, text.utf8.count <= Self.textLimit else {
      throw Mistake(message: "'\(name)' is a text of 1 to \(Self.textLimit) octets")
    }
    return text
  }

  /// A domain name, with its final dot or without.
  func name(_ field: String) throws(Mistake) -> DomainName? {
    guard let text = try text(field) else { return nil }
    do throws(DomainName.TextError) {
      return try DomainName(text)
    } catch {
      throw Mistake(message: "'\(LogLine.escaped(text))' is not a domain name: \(error)")
    }
  }

  /// Members, as `ADDRESS` or `NAME/ADDRESS`.
  func scope(_ field: String) throws(Mistake) -> Override.Scope {
    let text = try needed(field, try text(field), "ADDRESS or NAME/ADDRESS")
    guard let scope = Override.Scope(text) else {
      throw Mistake(
        message: "'\(LogLine.escaped(text))' is no member: write ADDRESS or NAME/ADDRESS, like 192.0.2.1 or "
          + "www.example.com/192.0.2.1, or a target with its final dot in place of the address")
    }
    return scope
  }

  /// A whole number and its unit, of at least a second.
  func duration(_ field: String) throws(Mistake) -> Duration? {
    guard let text = try text(field) else { return nil }
    guard let duration = Duration(written: text), duration >= .seconds(1), duration <= Self.longest else {
      throw Mistake(
        message: "'\(field)' is a whole number and its unit, s, m or h, from 1s to \(Self.longest.written), "
          + "like 2h, not '\(LogLine.escaped(text))'")
    }
    return duration
  }

  func integer(_ field: String, _ range: ClosedRange<Int>) throws(Mistake) -> Int? {
    guard let value = value(field) else { return nil }
    guard let number = value.integer, range.contains(number) else {
      throw Mistake(message: "'\(field)' is a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number from 0 to 1.
  func share(_ field: String) throws(Mistake) -> Double? {
    guard let value = value(field) else { return nil }
    guard let number = value.double, (0...1).contains(number) else {
      throw Mistake(message: "'\(field)' is a number from 0 to 1")
    }
    return number
  }

  private static let longest = Duration.seconds(8_760 * 3_600)

  /// - Parameter kind: what is missing, with an article.
  func needed<Value>(_ name: String, _ value: Value?, _ kind: String) throws(Mistake) -> Value {
    guard let value else { throw Mistake(message: "'\(name)' is needed: \(kind)") }
    return value
  }
}
