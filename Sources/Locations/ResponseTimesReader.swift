internal import DNSWire
internal import Zones

/// Reads the lines of a file of times, one by one.
struct ResponseTimesReader {
  /// Of more mistakes none is told: the file is some other.
  private static let limit = 20
  /// In milliseconds.
  private static let longest = 60_000.0

  private struct Wrong: Error {
    var column: Int
    var message: String
  }

  let file: String
  /// In microseconds, by network and location.
  private(set) var times: [IPNetwork: [String: Int]] = [:]
  /// Where locations are named first.
  private(set) var mentions: [String: ResponseTimes.Mention] = [:]
  private(set) var mistakes: [Diagnostic] = []
  private var line = 0

  init(file: String) {
    self.file = file
  }

  mutating func read(_ octets: ArraySlice<UInt8>) {
    line += 1
    guard mistakes.count < Self.limit else { return }
    do throws(Wrong) {
      try add(words(of: octets))
    } catch {
      mistakes.append(
        Diagnostic(.error, file: file, line: line, column: error.column, message: error.message))
    }
  }

  /// A file without times is one that went wrong.
  mutating func end() {
    guard times.isEmpty, mistakes.isEmpty else { return }
    mistakes.append(
      Diagnostic(
        .error, file: file, line: line, column: 1,
        message: "the file has no times; write lines such as 192.0.2.0/24 fra 12.5"))
  }

  private typealias Word = (text: String, column: Int)

  private func words(of octets: ArraySlice<UInt8>) -> [Word] {
    octets.prefix { $0 != UInt8(ascii: "#") }
      .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
      .map { (String(decoding: $0.prefix(256), as: UTF8.self), $0.startIndex - octets.startIndex + 1) }
  }

  private mutating func add(_ words: [Word]) throws(Wrong) {
    guard let first = words.first else { return }
    guard words.count == 3 else {
      throw Wrong(
        column: words.count > 3 ? words[3].column : first.column,
        message: "three words are needed, a network, a location and milliseconds: 192.0.2.0/24 fra 12.5")
    }
    let network = try network(first)
    let location = words[1].text.lowercased()
    guard words[2].text.utf8.allSatisfy(Self.isDecimal), let milliseconds = Double(words[2].text),
      (0...Self.longest).contains(milliseconds)
    else {
      throw Wrong(
        column: words[2].column,
        message: "'\(words[2].text)' is no time; write milliseconds, 0 to 60000, such as 12.5")
    }
    guard times[network]?[location] == nil else {
      throw Wrong(
        column: first.column, message: "\(network) has a time to \(location) further up; keep one of them")
    }
    times[network, default: [:]][location] = Int((milliseconds * 1000).rounded())
    if mentions[location] == nil {
      mentions[location] = ResponseTimes.Mention(line: line, column: words[1].column)
    }
  }

  /// Whether an octet can be in a decimal number.
  private static func isDecimal(_ octet: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet || "+-.eE".utf8.contains(octet)
  }

  private func network(_ word: Word) throws(Wrong) -> IPNetwork {
    // IPv4-mapped ones (RFC 4291 §2.5.5.2).
    if word.text.contains(":"), let address = IPAddress(word.text.prefix { $0 != "/" }), address.family == .v4
    {
      throw Wrong(
        column: word.column,
        message: "'\(word.text)' is of IPv4 addresses; write \(address) and a length of 0 to 32")
    }
    let network: IPNetwork
    do {
      network = try IPNetwork(word.text)
    } catch {
      throw Wrong(column: word.column, message: error.description)
    }
    guard network == network.canonical else {
      throw Wrong(
        column: word.column,
        message: "\(network) has bits beyond its length; write \(network.canonical)")
    }
    let plain = network.address.untranslated
    guard plain.family == network.address.family || network.length < 96 else {
      throw Wrong(
        column: word.column,
        message:
          "\(network) is a network of IPv4 addresses; write \(IPNetwork(plain, length: network.length - 96))")
    }
    return network
  }
}
