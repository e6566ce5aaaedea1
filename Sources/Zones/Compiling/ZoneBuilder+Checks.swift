import DNSWire

/// What named-checkzone's users expect to be told. Errors refuse the zone; warnings do not.
extension ZoneBuilder {
  /// The SOA's record, if there is exactly one and it is at the apex; else an error is reported.
  mutating func checkSOA(files: [String]) -> Record? {
    var soa: Record?
    for record in records where record.type == .soa {
      if record.node != 0 {
        report.add(
          .error, record.position,
          "SOA at \(name(of: Int(record.node))), below the apex \(apex): "
            + "a zone has one SOA, at its apex (RFC 1035 §5.2); move this zone to a file of its own")
      } else if let first = soa, canonicalRdata(of: first) != canonicalRdata(of: record) {
        report.add(
          .error, record.position, "a second SOA: a zone has exactly one (RFC 1035 §5.2); delete one of them")
      } else if soa == nil {
        soa = record
      }
    }
    // Where reading found errors the SOA may be what could not be read.
    if soa == nil, !report.hasErrors {
      report.add(
        Diagnostic(
          .error, file: files.first ?? "", line: 1, column: 1,
          message: "no SOA record at the apex \(apex): begin the zone with one, like "
            + "\"@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300\""))
    }
    return soa
  }

  /// Checks that need all records grouped, and `flags`, `parent` and `link` of every node.
  mutating func check(files: [String]) {
    let signatures = rrset(of: 0, .rrsig)
    if !signatures.isEmpty {
      report.add(
        .warning, position(signatures.lowerBound),
        "the zone is signed, but answers go without signatures: where the parent zone has a DS record for it, "
          + "validating resolvers will refuse them; serve the zone unsigned and withdraw the DS")
    }
    if rrset(of: 0, .ns).isEmpty, !report.hasErrors {
      report.add(
        Diagnostic(
          .error, file: files.first ?? "", line: 1, column: 1,
          message: "no NS record at the apex \(apex): name the servers of the zone there"))
    }
    for node in nodes.indices where nodes[node].count > 0 {
      // The bulk of a large zone: a name with one address, about which there is nothing to say.
      if nodes[node].count == 1, nodes[node].flags.isEmpty, isAddress(at: Int(nodes[node].first)) { continue }
      let rrsets = rrsets(of: node)
      if nodes[node].flags.contains(.occluded) {
        warnOfHidden(node, rrsets)
        continue
      }
      for rrset in rrsets { check(rrset, at: node, beside: rrsets) }
    }
  }

  private mutating func check(_ rrset: Range<Int>, at node: Int, beside rrsets: [Range<Int>]) {
    let type = type(at: rrset.lowerBound)
    let position = position(rrset.lowerBound)
    switch type {
    case .cname:
      let isAlone = rrsets.allSatisfy { [.cname, .rrsig, .nsec].contains(self.type(at: $0.lowerBound)) }
      if !isAlone {
        report.add(
          .error, position,
          "CNAME beside other data at \(name(of: node)): a name with a CNAME has nothing else (RFC 2181 §10.1)"
        )
      }
      if rrset.count > 1 {
        report.add(
          .error, self.position(rrset.lowerBound + 1),
          "a second CNAME at \(name(of: node)): a name has one at most (RFC 2181 §10.1)")
      }
      if isAlone, rrset.count == 1 { checkAlias(at: node, rrset.lowerBound) }
    case .dname:
      if rrset.count > 1 {
        report.add(
          .error, self.position(rrset.lowerBound + 1),
          "a second DNAME at \(name(of: node)): a name has one at most (RFC 6672 §2.4)")
      }
      warnOfWildcard(node, type, position)
      checkRedirection(at: node, rrset.lowerBound)
    case .ns:
      warnOfWildcard(node, type, position)
      for place in rrset { checkHost(of: place, at: 0, node: node) }
    case .ds:
      if !nodes[node].flags.contains(.delegation) {
        report.add(
          .warning, position, "DS at \(name(of: node)), where no zone is delegated; add NS records or drop it"
        )
      }
    case .mx:
      for place in rrset { checkHost(of: place, at: 2, node: node) }
    case .srv:
      for place in rrset { checkHost(of: place, at: 6, node: node) }
    case _ where type == .opt || type.rawValue == 0 || (249...255).contains(type.rawValue):
      report.add(.error, position, "\(type.mnemonic) is not a type of data that a zone can hold; delete it")
    default:
      break
    }
    let hiddenTypes: [RRType] = [.ns, .ds, .a, .aaaa, .rrsig, .nsec]
    if nodes[node].flags.contains(.delegation), !hiddenTypes.contains(type) {
      report.add(
        .warning, position,
        "\(type.mnemonic) at \(name(of: node)) is hidden by the delegation there; "
          + "move it to the delegated zone, or drop the NS records")
    }
  }

  private mutating func warnOfWildcard(_ node: Int, _ type: RRType, _ position: RecordPosition) {
    guard nodes[node].isWildcard else { return }
    report.add(
      .warning, position,
      "\(type.mnemonic) at the wildcard \(name(of: node)) has no defined meaning (RFC 4592 §4.2, §4.4); "
        + "name the owners one by one")
  }

  private mutating func warnOfHidden(_ node: Int, _ rrsets: [Range<Int>]) {
    let above = Int(nodes[node].link)
    let isDelegation = nodes[above].flags.contains(.delegation)
    guard
      let hidden = rrsets.first(where: { ![.a, .aaaa].contains(type(at: $0.lowerBound)) || !isDelegation })
    else { return }
    report.add(
      .warning, position(hidden.lowerBound),
      "\(name(of: node)) is hidden by the \(isDelegation ? "delegation" : "DNAME") at \(name(of: above)); "
        + "drop one of them")
  }

  private func isAddress(at place: Int) -> Bool { type(at: place) == .a || type(at: place) == .aaaa }

  private func position(_ place: Int) -> RecordPosition { records[Int(order[place])].position }
}
