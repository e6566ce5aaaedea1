/// What a client asks for: nothing but to read.
public struct WebRequest: Equatable, Sendable {
  /// From its slash on, decoded.
  public let path: String
  /// The parameters of the query, decoded, in their order.
  public let parameters: [Parameter]

  public struct Parameter: Equatable, Sendable {
    public let name: String
    public let value: String
  }

  /// The value of a parameter that is there once; nil: it is not.
  public subscript(name: String) -> String? {
    let values = parameters.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }
}

extension WebRequest {
  /// Reads what stands between a request's method and its version (RFC 9112 §3.2). The host is nil unless it stands
  /// there, too.
  ///
  /// - Returns: nil: it is no target of a request to read.
  static func read(target: String) -> (request: WebRequest, authority: Substring?)? {
    var rest = target[...]
    var authority: Substring?
    if target.lowercased().hasPrefix("http://") {
      rest = rest.dropFirst("http://".count)
      let host = rest.prefix { $0 != "/" && $0 != "?" }
      guard !host.isEmpty else { return nil }
      authority = host
      rest = rest[host.endIndex...]
      if rest.first != "/" { rest = "/" + rest }
    }
    guard rest.first == "/" else { return nil }
    let path = rest.prefix { $0 != "?" }
    guard let decodedPath = decoded(path) else { return nil }
    var parameters: [Parameter] = []
    for pair in rest[path.endIndex...].dropFirst().split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      guard let decodedName = decoded(name, plusIsSpace: true),
        let value = decoded(pair[name.endIndex...].dropFirst(), plusIsSpace: true)
      else { return nil }
      parameters.append(Parameter(name: decodedName, value: value))
    }
    return (WebRequest(path: decodedPath, parameters: parameters), authority)
  }

  /// Without percent-encoding (RFC 3986 §2.1); nil: it is broken, or no UTF-8.
  private static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var octets: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let octet = rest.popFirst() {
      switch octet {
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
          let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        octets.append(value)
        rest = rest.dropFirst(2)
      case UInt8(ascii: "+") where plusIsSpace: octets.append(UInt8(ascii: " "))
      default: octets.append(octet)
      }
    }
    return String(validating: octets, as: UTF8.self)
  }
}
