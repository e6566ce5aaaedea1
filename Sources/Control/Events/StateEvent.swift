internal import Health
internal import Logging
internal import Steering

/// Something of members' health that people and programs are told of: by the log, a command, or a post.
struct StateEvent: Equatable, Sendable {
  enum Kind: String, Sendable {
    /// A member's state became another.
    case flip
    /// Too many members are silent at once, so their states are held.
    case isolated
    /// They are heard again.
    case rejoined
  }

  enum Value: Equatable, Sendable {
    case text(String)
    case number(Int)
    /// Of so many only some are told.
    case names([String], count: Int)
    case duration(Duration)
  }

  struct Field: Equatable, Sendable {
    let key: String
    let value: Value
  }

  let kind: Kind
  /// In nanoseconds since 1970.
  let time: Int64
  let level: Logger.Level
  /// For people.
  let message: String
  /// In the order in which they are shown.
  let fields: [Field]
}

extension StateEvent {
  /// Names that an event tells of; of more, only how many they are.
  private static let nameLimit = 100

  /// - Parameters:
  ///   - names: that are answered with the member.
  ///   - time: in nanoseconds since 1970.
  init(_ flip: Flip, names: [String], time: Int64) {
    kind = .flip
    self.time = time
    level = flip.to == .down ? .warning : .notice
    message = "member \(flip.to.rawValue)"
    fields = [
      Field(key: "name", value: .text(names.first ?? "")),
      Field(key: "names", value: .names(Array(names.prefix(Self.nameLimit)), count: names.count)),
      Field(key: "address", value: .text(flip.target.subject.text)),
      Field(key: "check", value: .text(flip.target.check.name)),
      Field(key: "from", value: .text(flip.from.rawValue)),
      Field(key: "to", value: .text(flip.to.rawValue)),
      Field(key: "reason", value: .text(flip.reason.detail)),
      Field(key: "reason-kind", value: .text(flip.reason.kind.rawValue)),
      Field(key: "detection", value: .duration(flip.detection)),
    ]
  }

  /// - Parameter time: in nanoseconds since 1970.
  init(_ kind: Kind, _ count: IsolationCount, time: Int64) {
    self.kind = kind
    self.time = time
    level = kind == .isolated ? .error : .notice
    message =
      kind == .isolated
      ? "isolated: this server's own network seems to have failed, so members stay as they are"
      : "isolation has ended: members are heard again"
    fields = [
      Field(key: "silent-members", value: .number(count.silentMembers)),
      Field(key: "members", value: .number(count.members)),
      Field(key: "silent-pools", value: .number(count.silentPools)),
      Field(key: "pools", value: .number(count.pools)),
    ]
  }
}

extension StateEvent {
  /// As fields of a log line, in which the first name stands for all.
  var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = [:]
    for field in fields {
      switch field.value {
      case .text(let text): metadata[field.key] = "\(text)"
      case .number(let number): metadata[field.key] = "\(number)"
      case .names(_, let count): metadata[field.key] = "\(count)"
      case .duration(let duration): metadata[field.key] = "\(duration.milliseconds)"
      }
    }
    return metadata
  }

  /// As variables of a program's environment, like `SWIFTLET_REASON_KIND=timeout`; names have spaces between them.
  var environment: [String] {
    members.map { key, value in
      let name = key.uppercased().split(separator: "-").joined(separator: "_")
      let text =
        switch value {
        case .string(let string): string
        case .array(let names): names.compactMap(\.string).joined(separator: " ")
        default: value.text
        }
      // A zero octet would end the value.
      return "SWIFTLET_\(name)=\(text.split(separator: "\0").joined())"
    }
  }

  var json: JSON { .object(members) }

  private var members: [(String, JSON)] {
    [("event", .string(kind.rawValue)), ("time", .string(LogLine.timestamp(time)))]
      + fields.flatMap { field -> [(String, JSON)] in
        switch field.value {
        case .text(let text): [(field.key, .string(text))]
        case .number(let number): [(field.key, .number(number))]
        case .names(let names, let count):
          [(field.key, .array(names.map { .string($0) })), ("\(field.key)-count", .number(count))]
        case .duration(let duration): [("\(field.key)-ms", .number(Int(duration / .milliseconds(1))))]
        }
      }
  }
}
