internal import DNSWire

extension Endpoint {
  /// The port of DNS (RFC 1035 §4.2), meant where none is given.
  public static let defaultPort: UInt16 = 53

  /// Why a text is not an endpoint.
  public enum SyntaxError: Error, Hashable, Sendable {
    /// What should be an address is none: names are not looked up.
    case notAnAddress(String)
    /// What follows the address is not a port, 0...65535.
    case notAPort(String)
    /// A bracket without its other half, or something else than a port after it.
    case badBrackets(String)
  }

  /// Reads `192.0.2.1`, `192.0.2.1:5300`, `192.0.2.1@5300`, `2001:db8::1`, `[2001:db8::1]:5300` or
  /// `2001:db8::1@5300`. Without a port it is port 53.
  public init(parsing text: String) throws(SyntaxError) {
    let (address, port) = try Self.split(text)
    guard let address = IPAddress(address) else { throw .notAnAddress(String(address)) }
    guard let port else {
      self.init(address: address, port: Self.defaultPort)
      return
    }
    // Digits only: integers may also be written with a sign.
    guard !port.isEmpty, port.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let number = UInt16(port)
    else { throw .notAPort(String(port)) }
    self.init(address: address, port: number)
  }

  /// Separates the address from the port, if there is one.
  private static func split(_ text: String) throws(SyntaxError) -> (Substring, port: Substring?) {
    if text.first == "[" {
      let inside = text.dropFirst()
      guard let end = inside.firstIndex(of: "]") else { throw .badBrackets(text) }
      let rest = inside[end...].dropFirst()
      if rest.isEmpty { return (inside[..<end], nil) }
      guard rest.first == ":" || rest.first == "@" else { throw .badBrackets(text) }
      return (inside[..<end], rest.dropFirst())
    }
    if let at = text.lastIndex(of: "@") { return (text[..<at], text[at...].dropFirst()) }
    // One colon separates a port; more are part of an IPv6 address.
    guard let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon else {
      return (text[...], nil)
    }
    return (text[..<colon], text[colon...].dropFirst())
  }
}

extension Endpoint: CustomStringConvertible {
  /// `192.0.2.1:53` or `[2001:db8::1]:53`.
  public var description: String {
    address.family == .v4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}

extension Endpoint.SyntaxError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notAnAddress(let text):
      "\"\(text)\" is not an IP address; write one like 192.0.2.1, 192.0.2.1:5300 or [2001:db8::1]:5300"
    case .notAPort(let text):
      "\"\(text)\" is not a port; write a number from 0 to 65535"
    case .badBrackets(let text):
      "\"\(text)\" has misplaced brackets; write an address and port like [2001:db8::1]:5300"
    }
  }
}
