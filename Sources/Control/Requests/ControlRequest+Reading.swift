internal import DNSWire

extension ControlRequest {
  /// What can be done, and the fields that it takes besides `do`.
  private static var known: KeyValuePairs<String, [String]> {
    ["status": ["name"], "explain": ["name", "type", "client"], "reload": []]
  }

  /// Reads a request as it came.
  init(_ json: JSON) throws(RequestFields.Mistake) {
    let fields = try RequestFields(json, known: Self.known)
    switch fields.verb {
    case "status": self = .status(of: try fields.name("name"))
    case "explain": self = .explain(try LiveQuestion(fields))
    default: self = .reload
    }
  }
}

extension LiveQuestion {
  fileprivate init(_ fields: RequestFields) throws(RequestFields.Mistake) {
    name = try fields.needed("name", try fields.name("name"), "the name to explain")
    switch try fields.text("type")?.uppercased() {
    case nil: type = nil
    case "A"?: type = .a
    case "AAAA"?: type = .aaaa
    case let other?:
      throw RequestFields.Mistake(
        message: "'\(LogLine.escaped(other))' is not a type that policies steer; those are A and AAAA")
    }
    guard let text = try fields.text("client") else { return }
    do throws(PoolFailure) {
      client = try ClientNetwork(parsing: text)
    } catch {
      throw RequestFields.Mistake(message: LogLine.escaped(error.lines.joined(separator: "; ")))
    }
  }
}
