internal import Steering
internal import Yams
internal import Zones

extension ConfigurationValue {
  /// Checks by their names, with the keys of `_check` records and, for type `exec`, `command`.
  func checks(_ mistakes: inout [Mistake]) throws(Mistake) -> [CheckDefinition] {
    var checks: [CheckDefinition] = []
    for member in try members("a mapping of names to checks") {
      do throws(Mistake) {
        let (check, diagnostics) = try member.value.check(member.key, member.mark).read()
        mistakes += diagnostics.map { Mistake($0, under: member.value.key) }
        guard let check else { continue }
        guard !checks.contains(where: { $0.name == check.name }) else {
          throw Mistake(
            member.mark, "\(key): '\(check.name)' is defined twice, as letter case makes no difference")
        }
        checks.append(check)
      } catch {
        mistakes.append(error)
      }
    }
    return checks
  }

  private func check(_ name: String, _ mark: Mark?) throws(Mistake) -> CheckText {
    var text = CheckText(name: name, file: "", line: mark?.line ?? 1, column: mark?.column ?? 1)
    for (key, mark, value) in try members("a mapping, like {type: http, path: /healthz},") {
      if key == "command" {
        text.command = try value.command()
      } else {
        guard let scalar = value.node.scalar else { throw value.mistake("text is needed") }
        text.pairs.append(
          CheckText.Pair(
            key: key, value: scalar.string, line: mark?.line ?? 1, column: mark?.column ?? 1))
      }
    }
    return text
  }
}

extension ConfigurationValue.Mistake {
  fileprivate init(_ diagnostic: Diagnostic, under key: String) {
    line = diagnostic.line
    column = diagnostic.column
    message = "\(key): \(diagnostic.message)"
  }
}
