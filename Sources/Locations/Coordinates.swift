import Glibc

/// A place on the earth, in degrees; north and east are positive.
public struct Coordinates: Hashable, Sendable {
  /// -90...90.
  public let latitude: Double
  /// -180...180.
  public let longitude: Double

  /// - Returns: nil where that is no place on the earth.
  public init?(latitude: Double, longitude: Double) {
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// The mean radius of the earth, in metres (IUGG).
  private static var radius: Double { 6_371_008.8 }

  /// The way to another place along the great circle, in whole metres: 0...20,015,115.
  ///
  /// By the haversine formula, which is exact for short ways; the earth is taken for a sphere, which is right to half a
  /// percent. In whole metres so that places that are equally far are that, too, after rounding.
  public func distance(to other: Coordinates) -> Int {
    let degree = Double.pi / 180
    let latitudes = sin((other.latitude - latitude) * degree / 2)
    let longitudes = sin((other.longitude - longitude) * degree / 2)
    let haversine =
      latitudes * latitudes
      + cos(latitude * degree) * cos(other.latitude * degree) * longitudes * longitudes
    return Int((2 * Self.radius * asin(min(1, haversine.squareRoot()))).rounded())
  }
}

extension Coordinates: CustomStringConvertible {
  /// Such as `50.10N 8.68E`.
  public var description: String {
    "\(Self.degrees(latitude))\(latitude < 0 ? "S" : "N") \(Self.degrees(longitude))\(longitude < 0 ? "W" : "E")"
  }

  private static func degrees(_ angle: Double) -> String {
    let hundredths = Int((angle.magnitude * 100).rounded())
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}
