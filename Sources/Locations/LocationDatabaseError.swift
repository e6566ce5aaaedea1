/// Why a file of locations cannot be used.
public enum LocationDatabaseError: Error, Equatable {
  /// The system's reason, such as "No such file or directory".
  case unreadable(String)
  /// It does not end in a MaxMind DB's metadata, or they make no sense.
  case notDatabase
  /// Of a format or with addresses that are not known.
  case unknownFormat
  /// What it says of itself or of addresses contradicts itself.
  case damaged
  /// It tells of no address where it is.
  case noPlaces(type: String)
}

extension LocationDatabaseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot read the file: \(reason)"
    case .notDatabase:
      "it is no MaxMind DB file, or its end is missing; it may not have been downloaded whole"
    case .unknownFormat: "it is a MaxMind DB file of a version that is not known; version 2 is needed"
    case .damaged: "it is damaged; download it again"
    case .noPlaces(let type):
      "its data (\(type)) have neither location.latitude nor country.iso_code nor continent.code; use a City or Country database"
    }
  }
}
