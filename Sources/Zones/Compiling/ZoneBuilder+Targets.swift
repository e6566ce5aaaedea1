import DNSWire

/// Checks of the names that records lead to.
extension ZoneBuilder {
  /// What a name of the zone turns out to be when it is asked for.
  private enum Target {
    /// It is there, or a wildcard answers for it.
    case node(Int)
    /// It is at or below a delegation, and may have a node for its glue.
    case delegated(cut: Int, glue: Int?)
    /// It is below a DNAME.
    case redirected(by: Int)
    case missing
  }

  // CNAMEs that are followed to find a loop: as many as are followed for an answer.
  private static let longestLoop = 16

  /// Warns where an NS, MX or SRV record does not lead to a name with addresses, as far as this zone knows.
  mutating func checkHost(of place: Int, at offset: Int, node: Int) {
    let record = records[Int(order[place])]
    let octets = Array(rdata(of: record))
    guard octets.count > offset, octets[offset] != 0 else { return }
    let name = DomainName(wellFormed: Array(octets[offset...]))
    let type = record.type.mnemonic
    if let address = addressText(in: name) {
      report.add(
        .warning, record.position,
        "\(type) leads to \(name), which looks like an address, but must lead to a name; "
          + "give a name an address record for \(address), and write that name here")
      return
    }
    guard isInZone(octets.span.octets, at: offset) else { return }
    switch target(octets, offset) {
    case .missing:
      report.add(
        .warning, record.position, "\(type) names \(name), which does not exist; add its A or AAAA record")
    case .redirected(let dname):
      report.add(
        .warning, record.position,
        "\(type) names \(name), which the DNAME at \(self.name(of: dname)) makes a CNAME (RFC 2181 §10.3); "
          + "name its target instead")
    case .node(let found) where !rrset(of: found, .cname).isEmpty:
      report.add(
        .warning, record.position,
        "\(type) names \(name), which is a CNAME (RFC 2181 §10.3); name its target instead")
    case .node(let found):
      guard !hasAddress(found) else { return }
      report.add(
        .warning, record.position, "\(type) names \(name), which has no A or AAAA record; add one")
    case .delegated(let cut, let glue):
      // The addresses are that zone's own affair, unless they are glue of ours.
      guard record.type == .ns else { return }
      if let glue, hasAddress(glue) { return }
      report.add(.warning, record.position, missingGlue(name, of: node, cut: cut))
    }
  }

  private func missingGlue(_ name: DomainName, of node: Int, cut: Int) -> String {
    if cut == node {
      return "missing glue: \(name) lies in the delegated zone, so its A or AAAA record is needed here"
    }
    let place = "\(name) lies in the zone delegated at \(self.name(of: cut))"
    return node == 0
      ? "missing glue: \(place), so its A or AAAA record is needed here, too"
      : "missing sibling glue: \(place); repeat its A or AAAA record here (RFC 9471 §3.2)"
  }

  /// Warns where a CNAME leads to nothing, or back to itself.
  mutating func checkAlias(at node: Int, _ place: Int) {
    let position = records[Int(order[place])].position
    let octets = Array(rdata(of: Int(order[place])))
    guard isInZone(octets.span.octets, at: 0) else { return }
    var found = target(octets, 0)
    if case .missing = found {
      report.add(
        .warning, position,
        "CNAME leads to \(DomainName(wellFormed: octets)), which does not exist; add it, or drop the CNAME")
    }
    // A loop that this name is not part of, or a longer one, is not told here.
    for _ in 0..<Self.longestLoop {
      guard case .node(let next) = found else { return }
      if next == node {
        report.add(
          .warning, position, "the CNAME at \(name(of: node)) leads back to itself; name what holds the data")
        return
      }
      guard let record = rrset(of: next, .cname).first.map({ Int(order[$0]) }) else { return }
      let octets = Array(rdata(of: record))
      guard isInZone(octets.span.octets, at: 0) else { return }
      found = target(octets, 0)
    }
  }

  /// Warns where a DNAME leads to a name at or below itself, which it would redirect again.
  mutating func checkRedirection(at node: Int, _ place: Int) {
    let target = DomainName(wellFormed: Array(rdata(of: Int(order[place]))))
    let owner = name(of: node)
    guard target.isSubdomain(of: owner) else { return }
    report.add(
      .warning, records[Int(order[place])].position,
      "the DNAME at \(owner) leads to \(target), at or below itself, and so never ends (RFC 6672 §2.4); "
        + "name a target elsewhere")
  }

  // The name at `offset`, which is in the zone.
  private mutating func target(_ octets: [UInt8], _ offset: Int) -> Target {
    var start = offset
    while true {
      if let found = node(named: octets.span.octets, at: start) {
        let isWhole = start == offset
        let flags = nodes[found].flags
        let top = flags.contains(.occluded) ? Int(nodes[found].link) : found
        if nodes[top].flags.contains(.delegation) {
          return .delegated(cut: top, glue: isWhole ? found : nil)
        }
        if nodes[top].flags.contains(.dname), top != found || !isWhole { return .redirected(by: top) }
        if isWhole { return .node(found) }
        // The closest encloser's wildcard answers (RFC 4592 §3.3.1).
        return flags.contains(.wildcard) ? .node(Int(nodes[found].link)) : .missing
      }
      start += Int(octets[start]) + 1
    }
  }

  private func hasAddress(_ node: Int) -> Bool {
    !rrset(of: node, .a).isEmpty || !rrset(of: node, .aaaa).isEmpty
  }

  // An address that was written where a name belongs: its four numbers, or its one label with colons.
  private func addressText(in name: DomainName) -> String? {
    if let label = name.firstLabel, label.contains(UInt8(ascii: ":")) {
      return String(decoding: label, as: UTF8.self)
    }
    var numbers: [String] = []
    var rest = name
    while numbers.count < 4, let label = rest.firstLabel, let parent = rest.parent {
      guard let number = UInt8(String(decoding: label, as: UTF8.self)) else { return nil }
      numbers.append("\(number)")
      rest = parent
    }
    return numbers.count == 4 ? numbers.joined(separator: ".") : nil
  }
}
