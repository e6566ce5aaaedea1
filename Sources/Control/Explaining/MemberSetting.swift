internal import DNSWire
internal import Steering

/// What the command line takes to be known of a member.
struct MemberSetting {
  /// In its canonical form.
  let identity: Member.Identity
  /// What is known, as `MemberInput.set` reads it.
  let inputs: String

  /// Of a member that is down.
  init(down member: String) throws(PoolFailure) {
    identity = try Self.identity(member)
    inputs = "state=down"
  }

  /// Reads `MEMBER:KEY=VALUE,...`.
  init(parsing text: String) throws(PoolFailure) {
    guard let colon = text.lastIndex(of: ":"), text[colon...].contains("=") else {
      throw .usage("'\(text)' sets nothing; write MEMBER:KEY=VALUE, like 192.0.2.1:state=down,load=50%")
    }
    identity = try Self.identity(String(text[..<colon]))
    inputs = String(text[text.index(after: colon)...])
  }

  private static func identity(_ text: String) throws(PoolFailure) -> Member.Identity {
    if let address = IPAddress(text) { return .address(address) }
    guard text.contains(where: \.isLetter), !text.contains(":"), !text.contains(","),
      let target = try? DomainName(text)
    else { throw .usage("'\(text)' is neither an address nor a name") }
    return .target(target.lowercased)
  }
}
