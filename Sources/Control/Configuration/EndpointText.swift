internal import DNSWire
public import Transport

/// Reads an address and port as users write them: `192.0.2.1:53`, `[2001:db8::1]:53`, or without the port,
/// which is 53 then.
public enum EndpointText {
  public struct Mistake: Error, Equatable, CustomStringConvertible {
    public let description: String
  }

  public static func parse(_ text: String) throws(Mistake) -> Endpoint {
    let (host, port) = try split(text)
    guard let address = IPAddress(host) else {
      if host == "*" || host.isEmpty {
        throw Mistake(description: "an address is needed; 0.0.0.0 is all of IPv4, [::] all of IPv6")
      }
      throw Mistake(description: "'\(host)' is not an IP address (names are not looked up)")
    }
    guard address.family == .v4 || text.hasPrefix("[") else {
      throw Mistake(description: "an IPv6 address needs brackets here: [\(host)]:53")
    }
    return Endpoint(address: address, port: port)
  }

  /// The way `parse` reads back.
  public static func text(of endpoint: Endpoint) -> String {
    let address = endpoint.address
    return address.family == .v4 ? "\(address):\(endpoint.port)" : "[\(address)]:\(endpoint.port)"
  }

  private static func split(_ text: String) throws(Mistake) -> (host: Substring, port: UInt16) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else {
        throw Mistake(description: "the bracket is not closed; write [2001:db8::1]:53")
      }
      let host = text[text.index(after: text.startIndex)..<end]
      guard host.contains(":") else {
        throw Mistake(description: "brackets are for IPv6 addresses only; write \(host):53")
      }
      let rest = text[text.index(after: end)...]
      if rest.isEmpty { return (host, 53) }
      guard rest.hasPrefix(":") else {
        throw Mistake(description: "after the bracket a colon and the port are expected, as in [\(host)]:53")
      }
      return (host, try port(rest.dropFirst()))
    }
    // More than one colon: an IPv6 address without brackets, where the port cannot be told apart.
    guard let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon else {
      return (text[...], 53)
    }
    return (text[..<colon], try port(text[text.index(after: colon)...]))
  }

  private static func port(_ text: Substring) throws(Mistake) -> UInt16 {
    guard let port = UInt16(text), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
      throw Mistake(description: "'\(text)' is not a port; ports are 1 to 65535, or 0 for a free one")
    }
    return port
  }
}
