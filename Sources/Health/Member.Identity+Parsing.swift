internal import DNSWire
internal import Steering

extension Member.Identity {
  /// Reads an address, or a target with its final dot; nil where it is neither.
  init?(_ text: Substring) {
    if let address = IPAddress(text) {
      self = .address(address)
    } else if text.hasSuffix("."), let name = try? DomainName(text) {
      self = .target(name)
    } else {
      return nil
    }
  }
}
