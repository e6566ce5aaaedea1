import DNSWire
import Zones

/// Why a record is not where policy is written, or not of a type that is.
enum PlaceProblem: PolicyProblem {
  case outside(DomainName, _ apex: DomainName)
  case noPolicy(DomainName)
  /// Below `_lb`; the name to use instead.
  case insidePool(_ right: DomainName)
  case policyOfPolicy(DomainName)
  case notOneLabel(_ label: String, _ right: DomainName)
  case notAtApex(_ label: String, _ right: DomainName)
  case name(String)
  case type(RRType, at: DomainName, _ right: String)

  var description: String {
    switch self {
    case .outside(let name, let apex):
      "\(name) is not in the zone \(apex)"
    case .noPolicy(let name):
      "\(name) is not a name that policy is written at; there are _lb.OWNER, NAME._check and NAME._at"
    case .insidePool(let right):
      "a policy stands at _lb and its owner's name; write it at \(right)"
    case .policyOfPolicy(let name):
      "\(name) holds policy itself and has no addresses to steer"
    case .notOneLabel(let label, let right):
      "\(label) needs one label in front, which is the name to define; write \(right)"
    case .notAtApex(let label, let right):
      "\(label) stands directly below the zone's apex; write \(right)"
    case .name(let text):
      "\"\(text)\" cannot be defined; names are one label of letters, digits, - and _"
    case .type(let type, let name, let right):
      "\(type.mnemonic) records have no meaning at \(name); write policy there as \(right)"
    }
  }
}
