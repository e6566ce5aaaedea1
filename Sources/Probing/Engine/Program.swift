import DNSWire
import Health
import Steering

/// A program that checks a member: its words, and all that is in its environment.
///
/// | variable | is |
/// |---|---|
/// | `PATH` | the server's, or the usual folders |
/// | `SWIFTLET_CHECK` | the name of the check |
/// | `SWIFTLET_ADDRESS` | the member, if it is an address |
/// | `SWIFTLET_TARGET` | the member, if it is the target of a CNAME, with its final dot |
/// | `SWIFTLET_TIMEOUT` | in milliseconds, after which the program is killed |
struct Program: Equatable, Sendable {
  let arguments: [String]
  let environment: [String]

  init(_ command: [String], _ check: CheckDefinition, of member: Member.Identity, path: String?) {
    arguments = command
    var environment = ["PATH=\(path ?? "/usr/local/bin:/usr/bin:/bin")", "SWIFTLET_CHECK=\(check.name)"]
    switch member {
    case .address(let address): environment.append("SWIFTLET_ADDRESS=\(address)")
    case .target(let name): environment.append("SWIFTLET_TARGET=\(name)")
    }
    environment.append("SWIFTLET_TIMEOUT=\(check.timeout.wholeNanoseconds / 1_000_000)")
    self.environment = environment
  }
}
