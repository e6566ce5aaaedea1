internal import DNSWire
internal import Transport
internal import Web

/// Where the server can be watched over HTTP.
public struct WebDoor: Equatable, Sendable {
  public struct Mistake: Error, CustomStringConvertible {
    public let description: String
  }

  var places: [WebPlace]
  /// Names that the server goes by, besides its addresses and `localhost`.
  var hosts: [String] = []

  /// A door at some places.
  ///
  /// - Parameter texts: each an address and a port, or a port alone, which is one of the machine itself.
  public init(_ texts: [String]) throws(Mistake) {
    places = []
    for text in texts {
      let place = try Self.place(text)
      guard !places.contains(place) else { throw Mistake(description: "\(place) is listed twice") }
      places.append(place)
    }
  }

  private static func place(_ text: String) throws(Mistake) -> WebPlace {
    let shown = LogLine.escaped(text)
    if !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
      guard let port = UInt16(text) else {
        throw Mistake(description: "\(shown) is not a port; write a number from 0 to 65535")
      }
      return WebPlace(address: "127.0.0.1", port: port)
    }
    let form = "write an address with its port, like 127.0.0.1:9153 or [::1]:9153"
    guard let endpoint = try? Endpoint(parsing: text) else {
      throw Mistake(description: "'\(shown)' is not an address with a port; \(form)")
    }
    // An address alone would be one of DNS.
    guard text.hasSuffix(":\(endpoint.port)"), endpoint.address.family == .v4 || text.hasPrefix("[") else {
      throw Mistake(description: "'\(shown)' has no port; \(form)")
    }
    return WebPlace(address: "\(endpoint.address)", port: endpoint.port)
  }

  /// Places, or a mapping with places and hosts.
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    guard value.isMapping else {
      self = try Self.at(value)
      return
    }
    let members = try value.members(among: ["listen", "hosts"])
    guard let listen = members["listen"] else { throw value.mistake("listen: is needed, where to listen") }
    self = try Self.at(listen)
    for host in try members["hosts"]?.list() ?? [] {
      let name = try host.text()
      guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }) else {
        throw host.mistake("'\(LogLine.escaped(name))' is no host's name; write it without a port")
      }
      hosts.append(name)
    }
  }

  private static func at(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) -> WebDoor {
    var texts: [String] = []
    for item in try value.list() { texts.append(try item.text()) }
    do throws(Mistake) {
      return try WebDoor(texts)
    } catch {
      throw value.mistake(error.description)
    }
  }
}
