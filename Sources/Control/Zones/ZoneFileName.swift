internal import DNSWire

/// How a file's name says which zone it holds: `example.com.zone`, `root.zone` for the root, `@` for the
/// `/` of RFC 2317 (`0@25.2.0.192.in-addr.arpa.zone`). Upper and lower case are the same.
enum ZoneFileName {
  struct Mistake: Error, Equatable {
    let message: String
  }

  /// Whether a file in the zones folder is meant to be a zone file. Hidden files are editors' own.
  static func isZoneFile(_ name: String) -> Bool {
    !name.hasPrefix(".") && name.utf8.count > suffix.utf8.count && hasSuffix(name)
  }

  /// The zone that a file of this name, without its folder, holds. Lower-cased.
  static func apex(of name: String) throws(Mistake) -> DomainName {
    guard isZoneFile(name) else {
      throw Mistake(
        message: "the name of a zone file is that of its zone and '.zone', as in example.com.zone")
    }
    let stem = name.dropLast(suffix.count)
    if stem.lowercased() == "root" { return .root }
    guard stem.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw Mistake(
        message: "a zone file's name is of visible ASCII characters; "
          + "write an international name as its A-label (xn--...)")
    }
    let text = String(stem.map { $0 == "@" ? "/" : $0 })
    do {
      return try DomainName(text).lowercased
    } catch {
      throw Mistake(message: "not a domain name: \(error)")
    }
  }

  private static let suffix = ".zone"

  private static func hasSuffix(_ name: String) -> Bool {
    name.suffix(suffix.count).lowercased() == suffix
  }
}
