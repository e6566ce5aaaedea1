extension IPNetwork {
  /// Why a text is not a network.
  public enum TextError: Error, Equatable, Sendable {
    case noNetwork(String)
    /// The length is not a number of 0 up to the bits of an address.
    case length(String, bits: Int)
  }

  /// Reads `192.0.2.0/24`, or one address.
  public init(_ text: some StringProtocol) throws(TextError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { throw .noNetwork(String(text)) }
    guard parts.count == 2 else {
      self.init(address)
      return
    }
    let bits = address.family.bitCount
    guard let length = Int(parts[1]), String(length) == parts[1], (0...bits).contains(length) else {
      throw .length(String(text), bits: bits)
    }
    self.init(address, length: length)
  }
}

extension IPNetwork: CustomStringConvertible {
  /// As `192.0.2.0/24`; one address without its length.
  public var description: String {
    length == address.family.bitCount ? "\(address)" : "\(address)/\(length)"
  }
}

extension IPNetwork.TextError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noNetwork(let text): "'\(text)' is neither an address nor a network such as 192.0.2.0/24"
    case .length(let text, let bits):
      "'\(text)' has no length of a network behind its '/'; that is 0 to \(bits)"
    }
  }
}
