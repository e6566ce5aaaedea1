import DNSWire
import Zones

/// A record that was there before, which is dropped as such records of the zone's data are (RFC 2181 §5).
struct DuplicateWarning: PolicyProblem {
  let owner: DomainName
  let type: RRType

  var severity: Diagnostic.Severity { .warning }

  var description: String { "duplicate \(type.mnemonic) record of \(owner): dropped; delete this line" }
}
