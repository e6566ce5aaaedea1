import DNSWire

/// What a policy record is about, by its owner.
enum PolicyPlace: Equatable {
  /// `_lb.<owner>`.
  case pool(DomainName)
  /// `<name>._check` at the apex; the name in lower case.
  case check(String)
  /// `<name>._at` at the apex; the name in lower case.
  case location(String)

  /// Finds out what a record owned by `name` in the zone `apex` is about.
  init(_ name: DomainName, in apex: DomainName) throws(PlaceProblem) {
    guard name.isSubdomain(of: apex) else { throw .outside(name, apex) }
    let labels = Self.labels(of: name).dropLast(apex.labelCount)
    guard let index = labels.firstIndex(where: { Label($0) != nil }), let label = Label(labels[index]) else {
      throw .noPolicy(name)
    }
    let above = labels[(index + 1)...]
    guard let owner = Self.name(above, apex) else { throw .noPolicy(name) }
    if label == .pool {
      guard index == 0 else {
        guard let right = Self.name([labels[index]] + labels[..<index] + above, apex) else {
          throw .noPolicy(name)
        }
        throw .insidePool(right)
      }
      guard !above.contains(where: { Label($0) != nil }) else { throw .policyOfPolicy(owner) }
      self = .pool(owner)
      return
    }
    let right = Self.name([Array("NAME".utf8), labels[index]], apex) ?? name
    guard index == 1 else { throw .notOneLabel(label.rawValue, right) }
    guard let defined = Self.definedName(labels[0]) else {
      throw .name(String(shown: labels[0]))
    }
    guard above.isEmpty else {
      throw .notAtApex(label.rawValue, Self.name(Array(labels[...index]), apex) ?? right)
    }
    self = label == .check ? .check(defined) : .location(defined)
  }

  /// Throws when records of that type have no meaning at the place.
  func check(_ type: RRType, of name: DomainName) throws(PlaceProblem) {
    switch self {
    case .pool where type != .txt: throw .type(type, at: name, "TXT \"KEY=VALUE\"")
    case .check where type != .txt: throw .type(type, at: name, "TXT \"KEY=VALUE\"")
    case .location where ![.location, .addressPrefixes, .txt].contains(type):
      throw .type(type, at: name, "LOC, APL or TXT")
    default: break
    }
  }

  /// What checks and locations may be called: letters, digits, `-` and `_`, at most a label; in lower case.
  /// Nil when `octets` are no such name.
  static func definedName(_ octets: some Collection<UInt8>) -> String? {
    let isFit = octets.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d || $0 == 0x5f }
    guard isFit, (1...DomainName.maximumLabelLength).contains(octets.count) else { return nil }
    return String(decoding: octets, as: UTF8.self).lowercased()
  }

  private enum Label: String {
    case pool = "_lb"
    case check = "_check"
    case location = "_at"

    init?(_ octets: [UInt8]) {
      self.init(rawValue: String(decoding: octets, as: UTF8.self).lowercased())
    }
  }

  private static func labels(of name: DomainName) -> [[UInt8]] {
    var labels: [[UInt8]] = []
    var rest: DomainName? = name
    while let name = rest, let label = name.firstLabel {
      labels.append(label)
      rest = name.parent
    }
    return labels
  }

  private static func name(_ labels: some BidirectionalCollection<[UInt8]>, _ apex: DomainName) -> DomainName?
  {
    labels.reversed().reduce(apex) { name, label in name?.prepending(label) }
  }
}
