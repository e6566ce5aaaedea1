internal import Logging
internal import Transport

/// A key of the configuration file and what its value sets.
struct ConfigurationKey {
  typealias Setter = (ConfigurationValue, inout Configuration) throws(ConfigurationValue.Mistake) -> Void

  let name: String
  let set: Setter

  private init(_ name: String, _ set: @escaping Setter) {
    self.name = name
    self.set = set
  }

  /// RFC 6891 §6.2.5 asks for at least 512; above 4096 fragments are certain.
  static let udpSize = 512...4_096

  static var all: [ConfigurationKey] {
    [
      ConfigurationKey("zones") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.zones = try value.text()
      },
      ConfigurationKey("listen") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.listen = try endpoints(value)
      },
      ConfigurationKey("threads") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.threads = try value.integer(Configuration.threadRange)
      },
      ConfigurationKey("user") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.user = try value.text()
      },
      ConfigurationKey("strict") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.strict = try value.boolean()
      },
      ConfigurationKey("log-level") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.logLevel = try logLevel(value)
      },
      ConfigurationKey("pid-file") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.pidFile = try value.text()
      },
      ConfigurationKey("version") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.version = try value.disclosure()
      },
      ConfigurationKey("identity") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.identity = try value.disclosure()
      },
      ConfigurationKey("nsid") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.nsid = try value.shortText()
      },
      ConfigurationKey("udp-size") { value, configuration throws(ConfigurationValue.Mistake) in
        configuration.udpSize = UInt16(try value.integer(udpSize))
      },
    ]
  }

  private static func endpoints(
    _ value: ConfigurationValue
  ) throws(ConfigurationValue.Mistake) -> [Endpoint] {
    var endpoints: [Endpoint] = []
    for item in try value.list() {
      let text = try item.text()
      let endpoint: Endpoint
      do {
        endpoint = try EndpointText.parse(text)
      } catch {
        throw item.mistake(error.description)
      }
      guard !endpoints.contains(endpoint) else { throw item.mistake("\(text) is listed twice") }
      endpoints.append(endpoint)
    }
    return endpoints
  }

  private static func logLevel(
    _ value: ConfigurationValue
  ) throws(ConfigurationValue.Mistake) -> Logger.Level {
    let text = try value.text()
    guard let level = Logger.Level(rawValue: text) else {
      let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw value.mistake("'\(LogLine.escaped(text))' is not a level; levels are \(names)")
    }
    return level
  }
}
