internal import Yams
internal import Zones

/// Reads the configuration file: a YAML mapping, each of whose keys is one setting.
public enum ConfigurationFile {
  // A configuration is a screenful; what is far larger is some other file.
  private static let sizeLimit = 1 << 20

  /// Reads a file. Relative paths in it start from its folder.
  public static func read(_ path: String) throws(ConfigurationErrors) -> Configuration {
    let octets: [UInt8]
    do {
      octets = try System.contents(of: path, limit: sizeLimit)
    } catch {
      throw failure(path, 1, 1, "cannot read the file: \(error.reason)")
    }
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw failure(path, 1, 1, "the file is not UTF-8 text")
    }
    var configuration = try parse(text, file: path)
    configuration.zones = configuration.zones.map { resolve($0, beside: path) }
    configuration.pidFile = configuration.pidFile.map { resolve($0, beside: path) }
    if case .path(let control) = configuration.control {
      configuration.control = .path(resolve(control, beside: path))
    }
    configuration.stateFile = configuration.stateFile.map { resolve($0, beside: path) }
    configuration.locations = configuration.locations.map { locations in
      LocationSource(
        database: locations.database.map { resolve($0, beside: path) },
        times: locations.times.map { resolve($0, beside: path) })
    }
    configuration.beats = configuration.beats.map { beats in
      BeatDoor(socket: resolve(beats.socket, beside: path), tokenFile: resolve(beats.tokenFile, beside: path))
    }
    if let file = configuration.queryLog?.file, file != QueryLogTargets.standardOutput {
      configuration.queryLog?.file = resolve(file, beside: path)
    }
    if let socket = configuration.queryLog?.dnstap {
      configuration.queryLog?.dnstap = resolve(socket, beside: path)
    }
    return configuration
  }

  /// Reads the text of a file that is called `file` in errors.
  static func parse(_ text: String, file: String) throws(ConfigurationErrors) -> Configuration {
    let (root, repetitions) = try compose(text, file)
    var configuration = Configuration()
    var diagnostics = repetitions
    if let root {
      guard let mapping = root.mapping else {
        if let scalar = root.scalar, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
          return configuration
        }
        throw failure(
          file, root.mark?.line ?? 1, root.mark?.column ?? 1, "settings are needed, each as 'key: value'")
      }
      for (key, value) in mapping where !isMasked(key, repetitions.count) {
        var mistakes: [ConfigurationValue.Mistake] = []
        do throws(ConfigurationValue.Mistake) {
          try take(key, value, into: &configuration, &mistakes)
        } catch {
          mistakes.append(error)
        }
        diagnostics += mistakes.map {
          Diagnostic(.error, file: file, line: $0.line, column: $0.column, message: $0.message)
        }
      }
    }
    guard diagnostics.isEmpty else {
      throw ConfigurationErrors(
        diagnostics: diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
    }
    return configuration
  }

  private static func take(
    _ key: Node, _ value: Node, into configuration: inout Configuration,
    _ mistakes: inout [ConfigurationValue.Mistake]
  ) throws(ConfigurationValue.Mistake) {
    guard let name = key.string else {
      throw ConfigurationValue.Mistake(key.mark, "a key is a word, not a list or mapping")
    }
    let keys = ConfigurationKey.all
    guard let known = keys.first(where: { $0.name == name }) else {
      let names = keys.map(\.name)
      let hint =
        ClosestMatch.of(name, in: names).map { "did you mean '\($0)'?" }
        ?? "keys are \(names.joined(separator: ", "))"
      throw ConfigurationValue.Mistake(key.mark, "'\(name)' is not a key; \(hint)")
    }
    try known.set(ConfigurationValue(key: name, node: value), &configuration, &mistakes)
  }

  /// Relative paths start from the folder of the configuration file, wherever the server is started.
  private static func resolve(_ path: String, beside file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }

  // Composing

  /// Stand in, one after the other, for the first character of keys that are repeated: private use
  /// characters, which no real key begins with, and one for one, so that all columns stay.
  private static let masks: ClosedRange<UInt32> = 0xe000...0xf8ff

  /// Whether a key is one that is repeated in its mapping, which has been reported.
  static func isMask(_ key: String) -> Bool {
    key.unicodeScalars.first.map { masks.contains($0.value) } ?? false
  }

  private static func isMasked(_ key: Node, _ count: Int) -> Bool {
    guard let first = key.string?.unicodeScalars.first, masks.contains(first.value) else { return false }
    return first.value - masks.lowerBound < count
  }

  /// The YAML tree, and an error for each key that is there twice.
  ///
  /// Yams gives up at repeated keys and tells only where the first of them is; so that one is masked and
  /// the text composed again, which shows everything else that is wrong.
  private static func compose(
    _ text: String, _ file: String
  ) throws(ConfigurationErrors) -> (Node?, [Diagnostic]) {
    var text = text
    var repetitions: [Diagnostic] = []
    while true {
      do {
        return (try Yams.compose(yaml: text), repetitions)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let mark = context.mark
        let key = keys.first ?? ""
        repetitions.append(
          Diagnostic(
            .error, file: file, line: mark.line, column: mark.column,
            message: "'\(key)' is set again further down; keep one"))
        let mask = Unicode.Scalar(masks.lowerBound + UInt32(repetitions.count - 1))
        guard let mask, masks.contains(mask.value), let masked = masking(text, at: mark, key, with: mask)
        else {
          throw ConfigurationErrors(diagnostics: repetitions)
        }
        text = masked
      } catch {
        throw ConfigurationErrors(diagnostics: repetitions + [diagnostic(of: error, in: text, file)])
      }
    }
  }

  /// The text with the first character of the key at `mark` masked; nil when the key is not written
  /// there as it reads (in quotes, say).
  private static func masking(
    _ text: String, at mark: Mark, _ key: String, with mask: Unicode.Scalar
  ) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !key.isEmpty, lines.indices.contains(mark.line - 1) else { return nil }
    var scalars = Array(lines[mark.line - 1].unicodeScalars)
    let column = mark.column - 1
    guard column <= scalars.count, scalars[column...].starts(with: key.unicodeScalars) else { return nil }
    scalars[column] = mask
    lines[mark.line - 1] = String(String.UnicodeScalarView(scalars))
    return lines.joined(separator: "\n")
  }

  private static func diagnostic(of error: any Error, in text: String, _ file: String) -> Diagnostic {
    func make(_ line: Int, _ column: Int, _ problem: String) -> Diagnostic {
      var message = "not YAML: \(problem)"
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.indices.contains(line - 1), lines[line - 1].contains("[") || lines[line - 1].contains("]:") {
        message += "; an address in brackets needs quotes: \"[::]:53\""
      }
      return Diagnostic(.error, file: file, line: line, column: column, message: message)
    }
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return make(mark.line, mark.column, problem)
    case YamlError.reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.count { $0.isNewline } + 1
      let column = (before.lastIndex { $0.isNewline }.map { before[before.index(after: $0)...] } ?? before)
        .count
      return make(line, column + 1, problem)
    default:
      return make(1, 1, "\(error)")
    }
  }

  private static func failure(
    _ file: String, _ line: Int, _ column: Int, _ message: String
  ) -> ConfigurationErrors {
    ConfigurationErrors(
      diagnostics: [Diagnostic(.error, file: file, line: line, column: column, message: message)])
  }
}
