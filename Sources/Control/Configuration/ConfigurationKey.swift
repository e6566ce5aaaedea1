internal import DNSWire
internal import Logging
internal import Transport

/// A key of the configuration file and what its value sets.
struct ConfigurationKey {
  typealias Mistake = ConfigurationValue.Mistake
  /// Throws what is wrong with the value; of a list, what is wrong with each of its values is added to the
  /// array instead.
  typealias Setter = (ConfigurationValue, inout Configuration, inout [Mistake]) throws(Mistake) -> Void

  let name: String
  let set: Setter

  private init(_ name: String, _ set: @escaping Setter) {
    self.name = name
    self.set = set
  }

  /// RFC 6891 §6.2.5 asks for at least 512; above 4096 fragments are certain.
  static let udpSize = 512...4_096

  /// Probes at a time, each of which takes a descriptor.
  static let probeBudget = 2...100_000

  static var all: [ConfigurationKey] {
    [
      ConfigurationKey("zones") { value, configuration, _ throws(Mistake) in
        configuration.zones = try value.text()
      },
      ConfigurationKey("listen") { value, configuration, mistakes throws(Mistake) in
        configuration.listen = try endpoints(value, &mistakes)
      },
      ConfigurationKey("threads") { value, configuration, _ throws(Mistake) in
        configuration.threads = try value.integer(Configuration.threadRange)
      },
      ConfigurationKey("user") { value, configuration, _ throws(Mistake) in
        configuration.user = try value.text()
      },
      ConfigurationKey("strict") { value, configuration, _ throws(Mistake) in
        configuration.strict = try value.boolean()
      },
      ConfigurationKey("log-level") { value, configuration, _ throws(Mistake) in
        configuration.logLevel = try logLevel(value)
      },
      ConfigurationKey("pid-file") { value, configuration, _ throws(Mistake) in
        configuration.pidFile = try value.text()
      },
      ConfigurationKey("version") { value, configuration, _ throws(Mistake) in
        configuration.version = try value.disclosure()
      },
      ConfigurationKey("identity") { value, configuration, _ throws(Mistake) in
        configuration.identity = try value.disclosure()
      },
      ConfigurationKey("nsid") { value, configuration, _ throws(Mistake) in
        configuration.nsid = try value.shortText()
      },
      ConfigurationKey("udp-size") { value, configuration, _ throws(Mistake) in
        configuration.udpSize = UInt16(try value.integer(udpSize))
      },
      ConfigurationKey("ecs") { value, configuration, _ throws(Mistake) in
        configuration.heedsSubnet = try value.toggle()
      },
      ConfigurationKey("control") { value, configuration, _ throws(Mistake) in
        configuration.control = try value.choice("a path").map { .path($0) } ?? .off
      },
      ConfigurationKey("explain-from") { value, configuration, mistakes throws(Mistake) in
        configuration.explainFrom = value.isOff ? [] : try networks(value, &mistakes)
      },
      ConfigurationKey("beats") { value, configuration, _ throws(Mistake) in
        configuration.beats = try BeatDoor(value)
      },
      ConfigurationKey("http") { value, configuration, _ throws(Mistake) in
        configuration.http = value.isOff ? nil : try WebDoor(value)
      },
      ConfigurationKey("state-file") { value, configuration, _ throws(Mistake) in
        configuration.stateFile = try value.text()
      },
      ConfigurationKey("state-max-age") { value, configuration, _ throws(Mistake) in
        configuration.stateMaxAge = try value.duration(.zero ... .seconds(365 * 86_400))
      },
      ConfigurationKey("isolation") { value, configuration, _ throws(Mistake) in
        configuration.isolation = try value.shareOrOff().map { .share($0) } ?? .off
      },
      ConfigurationKey("probes") { value, configuration, _ throws(Mistake) in
        configuration.probes = try value.toggle()
      },
      ConfigurationKey("probe-budget") { value, configuration, _ throws(Mistake) in
        configuration.probeBudget = try value.integer(probeBudget)
      },
      ConfigurationKey("checks") { value, configuration, mistakes throws(Mistake) in
        configuration.checks = try value.checks(&mistakes)
      },
      ConfigurationKey("locations") { value, configuration, _ throws(Mistake) in
        configuration.locations = try LocationSource(value)
      },
      ConfigurationKey("on-change") { value, configuration, _ throws(Mistake) in
        configuration.onChange = try EventTargets(value)
      },
      ConfigurationKey("query-log") { value, configuration, _ throws(Mistake) in
        configuration.queryLog = try QueryLogTargets(value)
      },
    ]
  }

  private static func endpoints(
    _ value: ConfigurationValue, _ mistakes: inout [Mistake]
  ) throws(Mistake) -> [Endpoint] {
    distinct(try value.list(), &mistakes, endpoint)
  }

  private static func networks(
    _ value: ConfigurationValue, _ mistakes: inout [Mistake]
  ) throws(Mistake) -> [IPNetwork] {
    distinct(try value.list(insteadOfEmpty: "write off for nobody"), &mistakes, network)
  }

  /// Reads the values of a list, in which none stands twice.
  private static func distinct<Element: Equatable>(
    _ values: [ConfigurationValue], _ mistakes: inout [Mistake],
    _ read: (ConfigurationValue) throws(Mistake) -> Element
  ) -> [Element] {
    var elements: [Element] = []
    for value in values {
      do throws(Mistake) {
        let element = try read(value)
        guard !elements.contains(element) else {
          throw value.mistake("\(try value.text()) is listed twice")
        }
        elements.append(element)
      } catch {
        mistakes.append(error)
      }
    }
    return elements
  }

  private static func endpoint(_ value: ConfigurationValue) throws(Mistake) -> Endpoint {
    let text = try value.text()
    do {
      return try Endpoint(parsing: text)
    } catch {
      throw value.mistake(error.description)
    }
  }

  private static func network(_ value: ConfigurationValue) throws(Mistake) -> IPNetwork {
    let text = try value.text()
    let network: IPNetwork
    do {
      network = try IPNetwork(text)
    } catch {
      throw value.mistake(LogLine.escaped(error.description))
    }
    guard network == network.canonical else {
      throw value.mistake("\(network) has bits beyond its length; write \(network.canonical)")
    }
    return network
  }

  private static func logLevel(_ value: ConfigurationValue) throws(Mistake) -> Logger.Level {
    let text = try value.text()
    guard let level = Logger.Level(rawValue: text) else {
      let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw value.mistake("'\(LogLine.escaped(text))' is not a level; levels are \(names)")
    }
    return level
  }
}
