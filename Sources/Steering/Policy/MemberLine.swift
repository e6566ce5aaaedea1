import DNSWire

/// A member as a record of its own names it.
struct MemberLine {
  /// Index of the record.
  var record: Int
  var member: Member
  /// Whether the record has `at=`, right or wrong.
  var saysLocation: Bool
}

extension Member.Identity {
  /// The form to compare by: names do not differ by letter case (RFC 4343).
  var comparable: Member.Identity {
    switch self {
    case .address: self
    case .target(let name): .target(name.lowercased)
    }
  }

  /// As `member=` has it.
  var text: String {
    switch self {
    case .address(let address): "\(address)"
    case .target(let name): "\(name)"
    }
  }
}
