internal import DNSWire
internal import Steering

extension Override.Scope: CustomStringConvertible {
  /// Reads `ADDRESS` or `NAME/ADDRESS`, where a target with its final dot may stand for the address; nil where it
  /// is neither. A slash in a target is written `\047`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, let member = Self.member(last) else { return nil }
    guard parts.count > 1 else {
      self.init(member)
      return
    }
    let name = parts.dropLast().joined(separator: "/")
    guard let owner = try? DomainName(name) else { return nil }
    self.init(member, of: owner)
  }

  private static func member(_ text: Substring) -> Member.Identity? {
    if let address = IPAddress(text) { return .address(address) }
    guard text.hasSuffix("."), let name = try? DomainName(text) else { return nil }
    return .target(name)
  }

  public var description: String {
    let member = member.text.split(separator: "/", omittingEmptySubsequences: false)
      .joined(separator: "\\047")
    return owner.map { "\($0)/\(member)" } ?? member
  }
}
