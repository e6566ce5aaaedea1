import DNSWire

/// Where the content of an HTTP response begins and ends (RFC 9112 §6), without the lines that frame chunks.
struct ContentDecoder {
  enum Framing: Equatable {
    case length(Int)
    case chunked
    /// Until the connection ends.
    case close
  }

  /// The octets that come are not chunks.
  struct Malformed: Error {}

  private enum State {
    /// Octets of the content; how many of them are still to come.
    case content(Int)
    /// The size of a chunk, as far as it is known, and of how many digits.
    case size(Int, digits: Int)
    /// What follows the size up to the end of its line; the size.
    case sizeLine(Int)
    /// The end of the line that a chunk is followed by.
    case chunkEnd
    case end
  }

  /// More digits than a size that fits 60 bits.
  private static let mostDigits = 15
  /// Octets besides the content and the sizes: enough for chunks of one octet each, and an end to endless ones.
  private static let mostOverhead = 524_288

  private let isChunked: Bool
  private var state: State
  private var overhead = 0

  init(_ framing: Framing) {
    isChunked = framing == .chunked
    switch framing {
    case .length(let length): state = .content(length)
    case .chunked: state = .size(0, digits: 0)
    case .close: state = .content(.max)
    }
  }

  /// Whether the content has come whole. What ends with the connection never has.
  var isAtEnd: Bool {
    switch state {
    case .content(let left): !isChunked && left == 0
    case .end: true
    case .size, .sizeLine, .chunkEnd: false
    }
  }

  /// Takes an octet from the connection; true: it is one of the content.
  mutating func take(_ octet: UInt8) throws(Malformed) -> Bool {
    switch state {
    case .content(let left):
      guard left > 0 else { return false }
      state = isChunked && left == 1 ? .chunkEnd : .content(left - 1)
      return true
    case .size(let size, let digits):
      if let digit = HexadecimalDigit.value(of: octet) {
        guard digits < Self.mostDigits else { throw Malformed() }
        state = .size(size << 4 | Int(digit), digits: digits + 1)
        return false
      }
      guard digits > 0 else { throw Malformed() }
      state = .sizeLine(size)
      return try take(octet)
    case .sizeLine(let size):
      try countOverhead()
      if octet == 0x0a { state = size == 0 ? .end : .content(size) }
    case .chunkEnd:
      try countOverhead()
      guard octet == 0x0a || octet == 0x0d else { throw Malformed() }
      if octet == 0x0a { state = .size(0, digits: 0) }
    case .end: break
    }
    return false
  }

  private mutating func countOverhead() throws(Malformed) {
    overhead += 1
    guard overhead <= Self.mostOverhead else { throw Malformed() }
  }
}
