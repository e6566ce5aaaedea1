/// Metrics in Prometheus' text format, version 0.0.4.
struct MetricsText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  private(set) var text = ""
  private var name = ""

  /// Begins a family; the samples that follow are its own. A family that would have none is left out by its caller.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(Self.escaped(help, quote: false))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// Adds the one sample of a family without labels.
  mutating func add(_ value: some BinaryInteger) { add(Labels(), value) }

  mutating func add(_ value: Double) { add(Labels(), value) }

  mutating func add(_ labels: Labels, suffix: String = "", _ value: Double) {
    let number =
      value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : "\(value)"
    write(labels, suffix, number)
  }

  mutating func add(_ labels: Labels, suffix: String = "", _ value: some BinaryInteger) {
    write(labels, suffix, "\(value)")
  }

  private mutating func write(_ labels: Labels, _ suffix: String, _ number: String) {
    text += name
    text += suffix
    if !labels.text.isEmpty {
      text += "{"
      text += labels.text
      text += "}"
    }
    text += " "
    text += number
    text += "\n"
  }

  /// Labels of a sample, as they are written.
  struct Labels: ExpressibleByDictionaryLiteral {
    fileprivate var text = ""

    init() {}

    init(dictionaryLiteral labels: (String, String)...) {
      for (name, value) in labels { add(name, value) }
    }

    /// These and another one.
    func with(_ name: String, _ value: String) -> Labels {
      var labels = self
      labels.add(name, value)
      return labels
    }

    private mutating func add(_ name: String, _ value: String) {
      if !text.isEmpty { text += "," }
      text += "\(name)=\"\(MetricsText.escaped(value, quote: true))\""
    }
  }

  private static func escaped(_ text: String, quote: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x5c || $0 == 0x0a || $0 == 0x22 }) else { return text }
    return text.reduce(into: "") { escaped, letter in
      switch letter {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quote: escaped += "\\\""
      default: escaped.append(letter)
      }
    }
  }
}
