public import Locations

/// The classes of a zone's clients, and which addresses are in which.
///
/// A class is an order of the locations that the zone's `nearest` stages choose among, and the owner that its `fence`
/// stages ask for. All clients of a leaf of the tree are in one class, and no shorter prefix would do.
public struct ClientClasses: Sendable {
  /// By number. The first is that of clients of whom nothing is known.
  public let classes: [ClientClass]
  /// Numbers of classes by address.
  public let tree: PrefixTree

  /// As many classes as there may be for the sake of longer orders.
  ///
  /// Of n locations there are up to n^4/8 different orders on a sphere. So of each order only so many locations are
  /// kept, from the first on, that there are no more classes than this; but the first always, and at most 16, or as
  /// many as a `nearest` keeps. The others count as equally far, behind all that are kept.
  public static let limit = 4096

  static let depth = 16
}
