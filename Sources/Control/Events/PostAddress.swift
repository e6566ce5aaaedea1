internal import DNSWire

/// Where events are posted: `http://HOST:PORT/PATH`.
struct PostAddress: Equatable, Sendable, CustomStringConvertible {
  struct Mistake: Error, Equatable {
    let message: String
  }

  /// A name, or an address without brackets.
  let host: String
  let port: UInt16
  /// From its slash on, with the query if there is one.
  let path: String

  private static let form = "write one like http://127.0.0.1:8080/events"

  init(_ text: String) throws(Mistake) {
    let shown = LogLine.escaped(text)
    guard !text.lowercased().hasPrefix("https:") else {
      throw Mistake(
        message: "'\(shown)': https is not spoken here; \(Self.form), to something that passes it on")
    }
    // What else there may be in a URL is percent-encoded (RFC 3986 section 2.1); a fragment is never sent.
    guard text.lowercased().hasPrefix("http://"),
      text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x23 })
    else { throw Mistake(message: "'\(shown)' is not a URL of http; \(Self.form)") }
    let rest = text.dropFirst("http://".count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let path = rest[end...]
    self.path = path.hasPrefix("/") ? String(path) : "/\(path)"
    guard let (host, port) = Self.authority(rest[..<end]) else {
      throw Mistake(message: "'\(shown)' has no host and port; \(Self.form)")
    }
    (self.host, self.port) = (host, port)
  }

  /// Host and port (RFC 3986 section 3.2), without a user; nil: it is nothing of the kind.
  private static func authority(_ text: Substring) -> (String, UInt16)? {
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]"), let port = port(text[bracket...].dropFirst()) else {
        return nil
      }
      let host = text[..<bracket].dropFirst()
      return IPAddress(host)?.family == .v6 ? (String(host), port) : nil
    }
    let host = text.prefix { $0 != ":" }
    let isName = !host.isEmpty && host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
    guard isName, let port = port(text[host.endIndex...]) else { return nil }
    return (String(host), port)
  }

  /// A colon and a port, or nothing: then it is 80.
  private static func port(_ text: Substring) -> UInt16? {
    if text.isEmpty { return 80 }
    let digits = text.dropFirst()
    guard text.hasPrefix(":"), digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = UInt16(digits),
      port > 0
    else { return nil }
    return port
  }

  /// As the `Host` field has it (RFC 9110 section 7.2).
  var authority: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return port == 80 ? host : "\(host):\(port)"
  }

  var description: String { "http://\(authority)\(path)" }
}
