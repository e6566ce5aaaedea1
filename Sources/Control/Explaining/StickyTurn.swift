internal import Answering
internal import DNSWire

/// The turn that a query gets where answers stick, found as the data plane finds it.
struct StickyTurn: ~Copyable {
  private var buffer = NameBuffer()

  /// By the client's network. `count` is 1 or more.
  static func of(_ client: IPAddress, among count: Int) -> Int {
    StickyHash.turn(of: StickyHash.key(of: client), among: count)
  }

  /// By the name that is asked for.
  mutating func of(_ name: DomainName, among count: Int) -> Int {
    guard buffer.load(from: name.octets.span.octets, at: 0) != nil else { return 0 }
    return StickyHash.turn(of: buffer.hash(ofSuffix: buffer.labelCount), among: count)
  }
}
