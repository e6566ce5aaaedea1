import DNSWire

extension ZoneBuilder {
  /// Sorts the records by node and type, drops duplicates, evens out TTLs.
  ///
  /// - Parameter defaultTTL: for records without a TTL, in seconds: the SOA's MINIMUM.
  mutating func group(defaultTTL: UInt32) {
    var next: UInt32 = 0
    for node in nodes.indices {
      nodes[node].first = next
      next += nodes[node].count
      nodes[node].count = 0
    }
    order = Array(repeating: 0, count: records.count)
    for record in records.indices {
      let node = Int(records[record].node)
      order[Int(nodes[node].first + nodes[node].count)] = UInt32(record)
      nodes[node].count += 1
    }
    var saidMissingTTL = false
    for record in records.indices where records[record].ttl == Self.noTTL {
      records[record].ttl = defaultTTL
      if records[record].type != .soa, !saidMissingTTL {
        saidMissingTTL = true
        report.add(
          .warning, records[record].position,
          "no TTL here and no $TTL above: the SOA's MINIMUM, \(defaultTTL), is taken; write $TTL \(defaultTTL)"
        )
      }
    }
    for node in nodes.indices where nodes[node].count > 1 { group(node) }
  }

  private mutating func group(_ node: Int) {
    let range = Int(nodes[node].first)..<Int(nodes[node].first + nodes[node].count)
    let sorted = order[range].sorted {
      (records[Int($0)].type.rawValue, $0) < (records[Int($1)].type.rawValue, $1)
    }
    var kept = range.lowerBound
    var start = 0
    while start < sorted.count {
      let type = records[Int(sorted[start])].type
      var end = start + 1
      while end < sorted.count, records[Int(sorted[end])].type == type { end += 1 }
      var seen: Set<[UInt8]> = []
      for record in sorted[start..<end] {
        if end - start > 1, !seen.insert(canonicalRdata(of: records[Int(record)])).inserted {
          report.add(
            .warning, records[Int(record)].position,
            "duplicate \(describe(type)) record of \(name(of: node)): dropped; delete this line")
          continue
        }
        order[kept] = record
        kept += 1
      }
      start = end
    }
    nodes[node].count = UInt32(kept - range.lowerBound)
    // A signature's TTL is that of what it covers (RFC 4034 §3).
    for rrset in rrsets(of: node) where rrset.count > 1 && type(at: rrset.lowerBound) != .rrsig {
      evenOutTTLs(rrset, node)
    }
  }

  private mutating func evenOutTTLs(_ rrset: Range<Int>, _ node: Int) {
    let lowest = rrset.map { records[Int(order[$0])].ttl }.min() ?? 0
    guard let odd = rrset.first(where: { records[Int(order[$0])].ttl != lowest }) else { return }
    let record = records[Int(order[odd])]
    // Each signature has the TTL of the RRset that it covers (RFC 4034 §3).
    guard record.type != .rrsig else { return }
    report.add(
      .warning, record.position,
      "the TTLs of \(name(of: node)) \(describe(record.type)) differ: the lowest, \(lowest), is taken; "
        + "give all records of an RRset one TTL (RFC 2181 §5.2)")
    for place in rrset { records[Int(order[place])].ttl = lowest }
  }

  /// RDATA with its names lower-cased, as names compare (RFC 4343 §3).
  func canonicalRdata(of record: Record) -> [UInt8] {
    var octets = Array(rdata(of: record))
    // In all of these types names come last, or are followed by numbers of a known length.
    let names: Range<Int>? =
      switch record.type {
      case .ns, .cname, .ptr, .dname: 0..<octets.count
      case .mx: 2..<octets.count
      case .srv: 6..<octets.count
      case .soa: 0..<octets.count - 20
      default: nil
      }
    guard let names else { return octets }
    for index in names where (0x41...0x5a).contains(octets[index]) { octets[index] |= 0x20 }
    return octets
  }

  /// The RRsets of a node, as ranges of `order`, by type.
  func rrsets(of node: Int) -> [Range<Int>] {
    let end = Int(nodes[node].first + nodes[node].count)
    var result: [Range<Int>] = []
    var start = Int(nodes[node].first)
    while start < end {
      let rrset = start..<rrsetEnd(start, end)
      result.append(rrset)
      start = rrset.upperBound
    }
    return result
  }

  /// The RRset of a type, as a range of `order`; empty where the node has none.
  func rrset(of node: Int, _ type: RRType) -> Range<Int> {
    let end = Int(nodes[node].first + nodes[node].count)
    var start = Int(nodes[node].first)
    while start < end {
      let rrset = start..<rrsetEnd(start, end)
      if self.type(at: start) == type { return rrset }
      start = rrset.upperBound
    }
    return start..<start
  }

  /// Where the RRset that begins at `start` of `order` ends.
  func rrsetEnd(_ start: Int, _ end: Int) -> Int {
    var next = start + 1
    while next < end, type(at: next) == type(at: start) { next += 1 }
    return next
  }

  func type(at place: Int) -> RRType { records[Int(order[place])].type }

  func rdata(of record: Int) -> ArraySlice<UInt8> { rdata(of: records[record]) }

  func rdata(of record: Record) -> ArraySlice<UInt8> {
    rdata[Int(record.rdata)..<Int(record.rdata) + Int(record.rdataLength)]
  }

  /// A node's name, for messages.
  func name(of node: Int) -> DomainName {
    let start = Int(nodes[node].name)
    return DomainName(wellFormed: Array(names[start..<start + Int(nodes[node].nameLength)]) + apex.octets)
  }

  func describe(_ type: RRType) -> String { type.mnemonic }
}
