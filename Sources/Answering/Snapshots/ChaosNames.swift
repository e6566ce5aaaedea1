import DNSWire

/// The names under which servers tell about themselves (RFC 4892 §3.1), as hashes: a name that collides with one
/// would only be told what anybody may ask.
struct ChaosNames: Sendable {
  let versionBind = hash("version", "bind")
  let versionServer = hash("version", "server")
  let idServer = hash("id", "server")
  let hostnameBind = hash("hostname", "bind")

  private static func hash(_ labels: String...) -> UInt64 {
    var name = NameBuffer()
    name.begin()
    for label in labels {
      name.append(octet: UInt8(label.utf8.count))
      for octet in label.utf8 { name.append(octet: octet) }
    }
    name.append(octet: 0)
    name.end()
    return name.hash(ofSuffix: labels.count)
  }
}
