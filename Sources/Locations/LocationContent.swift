/// What a file says of where clients are.
public protocol LocationContent: AnyObject, Sendable {
  associatedtype Failure: Error, CustomStringConvertible

  /// Of the file; the same for the same octets.
  var contentHash: UInt64 { get }

  /// Reads a file, whole.
  init(file: String) throws(Failure)
}

extension LocationDatabase: LocationContent {}
extension ResponseTimes: LocationContent {}
