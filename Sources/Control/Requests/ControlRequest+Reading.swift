internal import DNSWire
internal import Health

extension ControlRequest {
  /// What can be done, and the fields that it takes besides `do`.
  private static var known: KeyValuePairs<String, [String]> {
    let order = ["member", "for", "reason", "author"]
    return [
      "status": ["name"], "explain": ["name", "type", "client"], "reload": [], "drain": order, "down": order,
      "up": order, "weight": order + ["weight"], "auto": ["member"],
      "beat": ["member", "state", "reason", "load", "connections", "token"],
    ]
  }

  /// Reads a request as it came.
  init(_ json: JSON) throws(RequestFields.Mistake) {
    let fields = try RequestFields(json, known: Self.known)
    switch fields.verb {
    case "status": self = .status(of: try fields.name("name"))
    case "explain": self = .explain(try LiveQuestion(fields))
    case "drain": self = .order(try MemberOrder(.drain, fields))
    case "down": self = .order(try MemberOrder(.down, fields))
    case "up": self = .order(try MemberOrder(.up, fields))
    case "weight":
      let weight = try fields.needed("weight", try fields.integer("weight", 0...1_000_000), "the new weight")
      self = .order(try MemberOrder(.weight(UInt32(weight)), fields))
    case "auto": self = .takeBack(try fields.scope("member"))
    case "beat": self = .beat(try Beat(fields))
    default: self = .reload
    }
  }
}

extension MemberOrder {
  fileprivate init(_ order: Override.Order, _ fields: RequestFields) throws(RequestFields.Mistake) {
    scope = try fields.scope("member")
    self.order = order
    duration = try fields.duration("for")
    reason = try fields.text("reason") ?? ""
    author = try fields.text("author") ?? ""
  }
}

extension Beat {
  fileprivate init(_ fields: RequestFields) throws(RequestFields.Mistake) {
    scope = try fields.scope("member")
    switch try fields.text("state") {
    case "up", nil: isUp = true
    case "down": isUp = false
    case let other?:
      throw RequestFields.Mistake(message: "'state' is up or down, not '\(LogLine.escaped(other))'")
    }
    reason = try fields.text("reason") ?? ""
    load = try fields.share("load")
    connections = try fields.integer("connections", 0...Int(Int32.max))
    token = try fields.text("token")
  }
}

extension LiveQuestion {
  init(_ fields: RequestFields) throws(RequestFields.Mistake) {
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
