import Steering
import Testing

/// Lines of a zone with mistakes in them, and all that is said of them.
struct Mistake: CustomTestStringConvertible {
  let zone: String
  /// As a user sees them, without the file.
  let diagnostics: [String]

  var testDescription: String { zone }

  /// What is said of `zone` in truth.
  func found() throws -> [String] {
    let text = try ZoneText(zone)
    return PolicyReader.read(text.policyRecords, of: text).diagnostics.map {
      String("\($0)".dropFirst("zone:".count))
    }
  }

  /// Mistakes with empty lines between them; what is said of each stands in lines that begin with `> `.
  ///
  /// - Parameter rest: lines that come after those of each mistake.
  static func all(in table: String, before rest: String = "") -> [Mistake] {
    var mistakes: [Mistake] = []
    var zone: [String] = []
    var diagnostics: [String] = []
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines + [""] {
      if line.hasPrefix("> ") {
        diagnostics.append(String(line.dropFirst(2)))
      } else if !line.isEmpty {
        zone.append(line)
      } else if !zone.isEmpty {
        mistakes.append(Mistake(zone: (zone + [rest]).joined(separator: "\n"), diagnostics: diagnostics))
        zone = []
        diagnostics = []
      }
    }
    return mistakes
  }
}
