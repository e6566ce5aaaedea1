/// What is wrong with the `_at` records of a name. Networks are in the form of APL records.
enum LocationProblem: PolicyProblem {
  case malformedCoordinates
  case coordinatesTwice
  case malformedNetworks
  case noNetwork
  case unknownFamily(Int)
  /// IPv4-mapped IPv6 (RFC 4291 §2.5.5.2).
  case mappedNetwork(String, right: String?)
  /// Of addresses that a translator makes of IPv4 ones (RFC 6052 §2.1).
  case translatedNetwork(String, right: String)
  case bitsBeyondLength(String, right: String)
  case networkTwice(String)
  case networkContradicted(String)
  case negatedOutside(String)
  case ownedTwice(_ what: String, by: String, _ other: String)

  var description: String {
    switch self {
    case .malformedCoordinates:
      "the data of the LOC record is no place on earth, or of a version other than 0"
    case .coordinatesTwice:
      "a second LOC record for the location; a location is in one place"
    case .malformedNetworks:
      "the data of the APL record is not a list of IPv4 and IPv6 networks"
    case .noNetwork:
      "an APL record without a network says nothing; write one, like 1:192.0.2.0/24, or leave the record out"
    case .unknownFamily(let family):
      "address family \(family) is not known; write 1 for IPv4 or 2 for IPv6"
    case .mappedNetwork(let text, let right?):
      "2:::ffff:\(text) is a network of IPv4 addresses; write \(right)"
    case .mappedNetwork(let text, nil):
      "2:::ffff:\(text) has address bits beyond its length; write the address with zeros there"
    case .translatedNetwork(let text, let right):
      "\(text) is a network of IPv4 addresses; write \(right)"
    case .bitsBeyondLength(let text, let right):
      "\(text) has address bits beyond its length; write \(right)"
    case .networkTwice(let text):
      "\(text) is said twice; write it once"
    case .networkContradicted(let text):
      "\(text) is both of the location and, with !, not of it; leave one of them out"
    case .negatedOutside(let text):
      "\(text) has no effect, as it is in no other network of the location; "
        + "write that one, too, or leave this out"
    case .ownedTwice(let what, let name, let other):
      "\(what) is of location \(name) and of \(other); it can be of one"
    }
  }
}
