internal import DNSWire
internal import Steering

extension Override.Scope: CustomStringConvertible {
  /// Reads `ADDRESS` or `NAME/ADDRESS`, where a target with its final dot may stand for the address; nil where it
  /// is neither. A slash in a target is written `\047`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, let member = Member.Identity(last) else { return nil }
    guard parts.count > 1 else {
      self.init(member)
      return
    }
    guard let owner = try? DomainName(parts.dropLast().joined(separator: "/")) else { return nil }
    self.init(member, of: owner)
  }

  public var description: String {
    let member = member.text.split(separator: "/", omittingEmptySubsequences: false)
      .joined(separator: "\\047")
    return owner.map { "\($0)/\(member)" } ?? member
  }
}
