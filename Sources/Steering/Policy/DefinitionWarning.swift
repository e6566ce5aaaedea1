import Zones

/// What in `_check` and `_at` records is likely not meant, though it can be done.
enum DefinitionWarning: PolicyProblem {
  case unusedCheck(String)
  case unusedLocation(String)
  case checkOverridden(String)
  case locationOverridden(String)

  var severity: Diagnostic.Severity { .warning }

  var description: String {
    switch self {
    case .unusedCheck(let name):
      "check \(name) is never used; name it in a policy with check=\(name), or leave it out"
    case .unusedLocation(let name):
      "location \(name) is never used; name it in a member's record with at=\(name), or leave it out"
    case .checkOverridden(let name):
      "check \(name) is defined in the server's configuration, too; in this zone, the zone's own is used"
    case .locationOverridden(let name):
      "location \(name) is defined in the server's configuration, too; in this zone, the zone's own is used"
    }
  }
}
