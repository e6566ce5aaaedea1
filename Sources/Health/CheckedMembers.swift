internal import Steering

/// The targets of one check.
struct CheckedMembers: Sendable {
  let check: SharedCheck
  var slots: [Member.Identity: Int] = [:]
}
