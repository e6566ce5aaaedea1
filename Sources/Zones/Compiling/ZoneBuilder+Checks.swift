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
      } else if let first = soa, rdata(first) != rdata(record) {
        report.add(
          .error, record.position, "a second SOA: a zone has exactly one (RFC 1035 §5.2); delete one of them")
      } else if soa == nil {
        soa = record
      }
    }
    if soa == nil {
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
    if rrset(of: 0, .ns).isEmpty {
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
    case .dname:
      if rrset.count > 1 {
        report.add(
          .error, self.position(rrset.lowerBound + 1),
          "a second DNAME at \(name(of: node)): a name has one at most (RFC 6672 §2.4)")
      }
      warnOfWildcard(node, type, position)
    case .ns:
      warnOfWildcard(node, type, position)
      for place in rrset { checkTarget(of: place, at: 0, node: node) }
    case .ds:
      if !nodes[node].flags.contains(.delegation) {
        report.add(
          .warning, position, "DS at \(name(of: node)), where no zone is delegated; add NS records or drop it"
        )
      }
    case .mx:
      for place in rrset { checkTarget(of: place, at: 2, node: node) }
    case .srv:
      for place in rrset { checkTarget(of: place, at: 6, node: node) }
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

  // The name at `offset` of the RDATA should own addresses, where this zone is to know them.
  private mutating func checkTarget(of place: Int, at offset: Int, node: Int) {
    let record = records[Int(order[place])]
    let octets = Array(rdata(record))
    guard octets.count > offset, octets[offset] != 0, isInZone(octets.span.octets, at: offset) else { return }
    let target = DomainName(wellFormed: Array(octets[offset...]))
    let type = record.type.mnemonic
    guard let found = self.node(named: octets.span.octets, at: offset) ?? wildcard(covering: octets, offset)
    else {
      report.add(
        .warning, record.position, "\(type) names \(target), which does not exist; add its A or AAAA record")
      return
    }
    if !rrset(of: found, .cname).isEmpty {
      report.add(
        .warning, record.position,
        "\(type) names \(target), which is a CNAME (RFC 2181 §10.3); name its target instead")
      return
    }
    let hasAddress = !rrset(of: found, .a).isEmpty || !rrset(of: found, .aaaa).isEmpty
    // Below another delegation the addresses are that zone's own affair, unless they are our glue.
    let isElsewhere = nodes[found].flags.contains(.occluded) && (record.type != .ns || !isBelow(found, node))
    if !hasAddress, !isElsewhere {
      let isGlue = record.type == .ns && node != 0 && (found == node || isBelow(found, node))
      report.add(
        .warning, record.position,
        isGlue
          ? "missing glue: \(target) lies in the delegated zone, so its A or AAAA record is needed here"
          : "\(type) names \(target), which has no A or AAAA record; add one")
    }
  }

  func isBelow(_ node: Int, _ ancestor: Int) -> Bool {
    var node = node
    while node != 0 {
      node = Int(nodes[node].parent)
      if node == ancestor { return true }
    }
    return false
  }

  // The wildcard that answers for a name of the zone which has no node (RFC 4592 §3.3.1).
  private mutating func wildcard(covering octets: [UInt8], _ offset: Int) -> Int? {
    var start = offset + Int(octets[offset]) + 1
    while start < octets.count {
      if let encloser = node(named: octets.span.octets, at: start) {
        if nodes[encloser].flags.contains(.occluded) || nodes[encloser].flags.contains(.delegation) {
          return encloser
        }
        return nodes[encloser].flags.contains(.wildcard) ? Int(nodes[encloser].link) : nil
      }
      start += Int(octets[start]) + 1
    }
    return nil
  }

  private func isAddress(at place: Int) -> Bool { type(at: place) == .a || type(at: place) == .aaaa }

  private func position(_ place: Int) -> RecordPosition { records[Int(order[place])].position }

  private func rdata(_ record: Record) -> ArraySlice<UInt8> {
    rdata[Int(record.rdata)..<Int(record.rdata) + Int(record.rdataLength)]
  }
}
