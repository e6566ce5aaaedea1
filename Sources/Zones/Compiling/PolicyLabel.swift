import DNSWire

/// The labels below which a zone holds policy (RFC 8552): no query ever sees what is there.
enum PolicyLabel: CaseIterable {
  /// `_lb`: how a name is answered.
  case balancing
  /// `_check`: a health check.
  case check
  /// `_at`: a location.
  case location

  private var octets: [UInt8] {
    switch self {
    case .balancing: [3] + Array("_lb".utf8)
    case .check: [6] + Array("_check".utf8)
    case .location: [3] + Array("_at".utf8)
    }
  }

  /// The label of `name` that begins at `start`, if it is one of these.
  init?(of name: borrowing NameBuffer, at start: Int) {
    for label in Self.allCases {
      let octets = label.octets
      var position = 0
      while position < octets.count, name.octet(at: start + position) == octets[position] { position += 1 }
      if position == octets.count {
        self = label
        return
      }
    }
    return nil
  }
}
