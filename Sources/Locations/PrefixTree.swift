internal import Zones

/// Values by address, in one flat arena: `PrefixTreeView` says how. Immutable.
public final class PrefixTree: Sendable {
  /// Valid as long as this object lives.
  public var view: PrefixTreeView { PrefixTreeView(arena.view) }
  /// Octets that the tree occupies in memory.
  public var size: Int { arena.view.count }

  private let arena: Arena

  /// Values are below this; a leaf has room for it, too.
  public static let valueLimit = 1 << 23 - 1

  /// - Parameter table: with values below `valueLimit`.
  /// - Returns: nil where the tree would be larger than 4 GiB.
  public init?(_ table: AddressTable) {
    var builder = PrefixTreeBuilder(capacity: (table.v4.starts.count + table.v6.starts.count) * 16)
    builder.addRoot(of: table.v4)
    builder.addRoot(of: Self.apart(table))
    guard let arena = builder.finish() else { return nil }
    self.arena = arena
  }

  // What IPv6 addresses that stand for IPv4 ones have is found with the IPv4 addresses: a leaf of others must not
  // reach over them, unless all have the same.
  private static func apart(_ table: AddressTable) -> AddressRuns<UInt128> {
    let shared = table.v4.values.count == 1 ? table.v4.values[0] : UInt32(valueLimit)
    let none = UInt32.max
    let translated = AddressRuns(
      [UInt128(0x0064_ff9b) << 96, 0xffff_0000_0000].map { AddressRange($0, length: 96, value: shared) },
      outside: none)
    return table.v6.merged(with: translated) { $1 == none ? $0 : $1 }
  }
}
