import DNSWire
import Steering

/// The request of an HTTP probe (RFC 9112 §3).
enum HTTPRequest {
  /// - Parameters:
  ///   - member: whose name or address the request is for, where the check names no host.
  ///   - port: which the `Host` field is without if it is `defaultPort`.
  static func octets(
    _ probe: HTTPProbe, of member: Member.Identity, port: UInt16, defaultPort: UInt16
  ) -> [UInt8] {
    let host = authority(probe.host ?? self.host(of: member))
    var fields = [
      ("Host", port == defaultPort ? host : "\(host):\(port)"),
      ("User-Agent", "swiftlet"),
      ("Accept", "*/*"),
      // Whatever its length, the response ends with the connection.
      ("Connection", "close"),
    ]
    if probe.method == .post { fields.append(("Content-Length", "0")) }
    if let own = probe.field {
      fields.removeAll { $0.0.lowercased() == own.name.lowercased() }
      fields.append((own.name, own.value))
    }
    var text = "\(probe.method.rawValue) \(probe.path) HTTP/1.1\r\n"
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  /// A member as a host: names without the final dot.
  static func host(of member: Member.Identity) -> String {
    switch member {
    case .address(let address): "\(address)"
    case .target(let name): String("\(name)".dropLast(name.isRoot ? 0 : 1))
    }
  }

  /// A host as an address has it: IPv6 in brackets (RFC 3986 §3.2.2).
  private static func authority(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }
}
