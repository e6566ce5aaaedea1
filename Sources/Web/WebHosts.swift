/// The names that a server goes by. A page elsewhere could have its own name lead here, and a browser would take the
/// server's answers for that page's own (DNS rebinding): so requests for other names are refused. Addresses lead to
/// nobody else.
struct WebHosts: Sendable {
  private let names: Set<String>

  init(_ names: [String]) { self.names = Set((names + ["localhost"]).map(Self.plain)) }

  /// - Parameter authority: a host with or without a port (RFC 9110 §7.2).
  func accepts(_ authority: some StringProtocol) -> Bool {
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { return false }
      let address = authority[..<end].dropFirst()
      return address.contains(":") && address.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        && Self.isPort(authority[end...].dropFirst())
    }
    let host = authority.prefix { $0 != ":" }
    guard Self.isPort(authority[host.endIndex...]) else { return false }
    return Self.isAddress(host) || names.contains(Self.plain(host))
  }

  private static func isPort(_ text: some StringProtocol) -> Bool {
    text.isEmpty || text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Of IPv4, in the usual form.
  private static func isAddress(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.count <= 3 && UInt8(part) != nil && part.allSatisfy { $0.isNumber }
      }
  }

  /// In lower case, without the final dot.
  private static func plain(_ name: some StringProtocol) -> String {
    let name = name.lowercased()
    return name.hasSuffix(".") ? String(name.dropLast()) : name
  }
}
