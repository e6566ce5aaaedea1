internal import Health

/// What an operator has ordered of a member, as operators are told.
struct OrderStatus: Equatable, Sendable {
  /// The verb: `drain`, `down`, `up` or `weight`.
  var verb: String
  /// Of `weight`.
  var weight: Int?
  /// In seconds since 1970.
  var since: Int
  /// In seconds since 1970; nil: it holds until it is taken back.
  var until: Int?
  /// Empty: none was given.
  var reason: String
  var author: String

  /// As it was given.
  var order: String { verb + (weight.map { " \($0)" } ?? "") }

  var json: JSON {
    .object([
      ("do", .string(verb)), ("weight", JSON(weight)), ("since", .number(since)), ("until", JSON(until)),
      ("reason", .string(reason)), ("author", .string(author)),
    ])
  }

  init(
    _ verb: String, weight: Int? = nil, since: Int, until: Int? = nil, reason: String = "",
    author: String = ""
  ) {
    self.verb = verb
    self.weight = weight
    self.since = since
    self.until = until
    self.reason = reason
    self.author = author
  }

  init(_ order: Override) {
    let (verb, weight): (String, Int?) =
      switch order.order {
      case .drain: ("drain", nil)
      case .down: ("down", nil)
      case .up: ("up", nil)
      case .weight(let weight): ("weight", Int(weight))
      }
    self.init(
      verb, weight: weight, since: order.since.seconds, until: order.expiry?.seconds, reason: order.reason,
      author: order.author)
  }

  /// Nil: the text is no order's.
  init?(_ json: JSON) {
    guard let verb = json["do"]?.string, let since = json["since"]?.integer else { return nil }
    self.init(
      verb, weight: json["weight"]?.integer, since: since, until: json["until"]?.integer,
      reason: json["reason"]?.string ?? "", author: json["author"]?.string ?? "")
  }
}
