internal import DNSWire

/// The networks that `simulate` lets queries come from.
enum ClientList {
  /// What is far larger is some other file.
  private static let sizeLimit = 64 << 20

  /// Takes what the command line names: networks, and files that hold them.
  ///
  /// A file has an address or a network a line; what follows a `#` is a comment.
  static func networks(of texts: [String]) throws(PoolFailure) -> [ClientNetwork] {
    var networks: [ClientNetwork] = []
    for text in texts {
      do throws(PoolFailure) {
        networks.append(try ClientNetwork(parsing: text))
      } catch {
        if IPAddress(text.prefix { $0 != "/" }) != nil { throw error }
        guard (try? System.stamp(of: text)) != nil else {
          throw .usage("'\(text)' is neither an address, a network such as 192.0.2.0/24, nor a file")
        }
        networks += try read(text)
      }
    }
    return networks
  }

  private static func read(_ path: String) throws(PoolFailure) -> [ClientNetwork] {
    let octets: [UInt8]
    do {
      octets = try System.contents(of: path, limit: sizeLimit)
    } catch {
      throw PoolFailure(error.description)
    }
    var networks: [ClientNetwork] = []
    let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let uncommented = line.prefix { $0 != UInt8(ascii: "#") }.drop(while: Self.isSpace)
      let end = uncommented.lastIndex { !Self.isSpace($0) }
      guard let end else { continue }
      let text = String(decoding: uncommented[...end].prefix(64), as: UTF8.self)
      do throws(PoolFailure) {
        networks.append(try ClientNetwork(parsing: text))
      } catch {
        throw PoolFailure(lines: error.lines.map { "\(path):\(index + 1):1: error: \($0)" })
      }
    }
    guard !networks.isEmpty else {
      throw PoolFailure("\(path) names no clients; write an address or a network such as 192.0.2.0/24 a line")
    }
    return networks
  }

  private static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0d }
}
