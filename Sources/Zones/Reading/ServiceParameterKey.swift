/// The key of a service parameter (RFC 9460 §14.3.2).
struct ServiceParameterKey: RawRepresentable, Hashable, Comparable, Sendable {
  let rawValue: UInt16

  static let mandatory = ServiceParameterKey(rawValue: 0)
  static let alpn = ServiceParameterKey(rawValue: 1)
  static let noDefaultALPN = ServiceParameterKey(rawValue: 2)
  static let port = ServiceParameterKey(rawValue: 3)
  static let ipv4hint = ServiceParameterKey(rawValue: 4)
  static let ech = ServiceParameterKey(rawValue: 5)
  static let ipv6hint = ServiceParameterKey(rawValue: 6)
  /// RFC 9461 §5.
  static let dohpath = ServiceParameterKey(rawValue: 7)
  /// RFC 9540 §4.
  static let ohttp = ServiceParameterKey(rawValue: 8)
  /// Reserved as one that is never valid.
  static let invalid = ServiceParameterKey(rawValue: 65_535)

  private static let names: [(name: String, key: ServiceParameterKey)] = [
    ("mandatory", mandatory), ("alpn", alpn), ("no-default-alpn", noDefaultALPN), ("port", port),
    ("ipv4hint", ipv4hint), ("ech", ech), ("ipv6hint", ipv6hint), ("dohpath", dohpath), ("ohttp", ohttp),
  ]

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Reads the name of a key, or `key` and its number (RFC 9460 §2.1).
  init?(name: some Collection<UInt8>) {
    let name = String(decoding: name, as: UTF8.self)
    if let known = Self.names.first(where: { $0.name == name }) {
      self = known.key
      return
    }
    guard let number = Self.number(of: name) else { return nil }
    self.init(rawValue: number)
  }

  /// The number in `key667`, which has no leading zeros.
  private static func number(of name: String) -> UInt16? {
    guard name.hasPrefix("key"), let number = UInt16(name.dropFirst(3)), name == "key\(number)" else {
      return nil
    }
    return number
  }

  /// Whether a parameter is written as `key` and its number, so that its value is its wire format.
  static func isGeneric(_ name: some Collection<UInt8>) -> Bool {
    number(of: String(decoding: name, as: UTF8.self)) != nil
  }

  static func < (a: ServiceParameterKey, b: ServiceParameterKey) -> Bool { a.rawValue < b.rawValue }
}

extension ServiceParameterKey: CustomStringConvertible {
  var description: String {
    Self.names.first { $0.key == self }?.name ?? "key\(rawValue)"
  }
}
