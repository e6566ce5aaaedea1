internal import DNSWire
internal import Web

/// What is asked for below `/api/v1/`.
enum APIRequest: Sendable {
  case server
  case zones(Selection)
  case pools(PoolSelection)
  case events(after: Int, limit: Int)
  case locations
  case explain(LiveQuestion)
  case stream(PoolSelection)

  /// A part of a list.
  struct Selection: Equatable, Sendable {
    /// In lower case; empty: all.
    var filter = ""
    var offset = 0
    var limit = 100
  }

  typealias Mistake = RequestFields.Mistake

  static let prefix = "/api/v1/"
  /// What there is, with its parameters.
  static var known: KeyValuePairs<String, [String]> {
    let part = ["filter", "offset", "limit"]
    return [
      "server": [], "zones": part, "pools": ["name", "problems"] + part, "events": ["after", "limit"],
      "locations": [], "explain": ["name", "type", "client"], "stream": ["problems"] + part,
    ]
  }

  /// - Parameter verb: what stands behind the prefix, one of those that are known.
  init(_ verb: String, _ request: WebRequest) throws(Mistake) {
    var parameters: [(String, JSON)] = [("do", .string(verb))]
    for parameter in request.parameters {
      guard !parameters.contains(where: { $0.0 == parameter.name }) else {
        throw Mistake(message: "'\(LogLine.escaped(parameter.name))' is there twice")
      }
      // An empty field of a form says nothing.
      parameters.append((parameter.name, parameter.value.isEmpty ? .null : .string(parameter.value)))
    }
    let fields = try RequestFields(.object(parameters), known: Self.known)
    switch verb {
    case "server": self = .server
    case "zones": self = .zones(try Selection(fields))
    case "pools": self = .pools(try PoolSelection(fields))
    case "events":
      let after = try fields.wholeNumber("after", 0...Int(Int32.max)) ?? 0
      self = .events(after: after, limit: try fields.wholeNumber("limit", 1...RecentEvents.limit) ?? 100)
    case "locations": self = .locations
    case "explain": self = .explain(try LiveQuestion(fields))
    default: self = .stream(try PoolSelection(fields))
    }
  }
}

extension APIRequest.Selection {
  fileprivate init(_ fields: RequestFields) throws(RequestFields.Mistake) {
    filter = try fields.text("filter")?.lowercased() ?? ""
    offset = try fields.wholeNumber("offset", 0...Int(Int32.max)) ?? 0
    limit = try fields.wholeNumber("limit", 1...1_000) ?? 100
  }
}

extension PoolSelection {
  fileprivate init(_ fields: RequestFields) throws(RequestFields.Mistake) {
    part = try APIRequest.Selection(fields)
    name = try fields.name("name")
    switch try fields.text("problems") {
    case nil, "0": break
    case "1": onlyProblems = true
    case let other?:
      throw RequestFields.Mistake(message: "'problems' is 0 or 1, not '\(LogLine.escaped(other))'")
    }
  }
}

extension RequestFields {
  /// A whole number that is written as text.
  fileprivate func wholeNumber(_ name: String, _ range: ClosedRange<Int>) throws(Mistake) -> Int? {
    guard let text = try text(name) else { return nil }
    guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(text), range.contains(number) else {
      throw Mistake(message: "'\(name)' is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
