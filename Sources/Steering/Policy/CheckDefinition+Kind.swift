extension CheckDefinition.Kind {
  /// Whether the check sees how long a member takes.
  var measuresResponseTime: Bool {
    switch self {
    case .tcp, .http, .https, .dns, .icmp, .agent: true
    case .exec, .heartbeat, .always: false
    }
  }

  /// Whether members can report their load and connections to it.
  var reportsLoad: Bool {
    switch self {
    case .http, .https, .agent, .heartbeat: true
    case .tcp, .dns, .icmp, .exec, .always: false
    }
  }

  /// What has an effect on a check of the kind.
  var keys: [CheckKey] {
    let states: [CheckKey] = [.type, .interval, .rise, .fall, .start, .slowStart]
    let http: [CheckKey] = [.path, .host, .method, .header, .expect, .body]
    return switch self {
    case .tcp: states + [.timeout, .port, .send, .expect]
    case .http: states + [.timeout, .port] + http
    case .https: states + [.timeout, .port] + http + [.ca, .verify]
    case .dns: states + [.timeout, .port, .query, .qtype, .rcode, .answer]
    case .icmp: states + [.timeout]
    case .agent: states + [.timeout, .port, .send]
    case .exec: states + [.timeout]
    case .heartbeat: states
    case .always: [.type]
    }
  }

  /// The port of a check that names none; nil: it must name one, if it has any.
  var defaultPort: UInt16? {
    switch self {
    case .http: 80
    case .https: 443
    case .dns: 53
    default: nil
    }
  }
}
