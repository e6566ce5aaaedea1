import DNSWire

/// Lays a checked zone out in an arena, as `ZoneView`, `NodeView` and `RRsetView` describe.
struct ZoneCompiler: ~Copyable {
  private var arena: ArenaBuilder
  private var nodePlaces: [UInt32] = []
  private var recordCount = 0
  private var rotationCount = 0
  private var pools: [PoolSite] = []
  private let negativeTTL: UInt32
  // How many slots ahead memory is fetched.
  private static let foresight = 16

  /// Compiles what `builder` holds; nil when an RRset turns out too large, which is reported.
  static func compile(
    _ builder: inout ZoneBuilder, soa: ZoneBuilder.Record, negativeTTL: UInt32, serial: UInt32,
    files: [String]
  ) -> CompiledZone? {
    let estimate = builder.records.count * 80 + builder.nodes.count * 16 + 1024
    let compiler = ZoneCompiler(estimate: estimate, negativeTTL: negativeTTL)
    return compiler.run(&builder, soa: soa, serial: serial, files: files)
  }

  private init(estimate: Int, negativeTTL: UInt32) {
    self.negativeTTL = negativeTTL
    arena = ArenaBuilder(capacity: estimate)
  }

  private consuming func run(
    _ builder: inout ZoneBuilder, soa: ZoneBuilder.Record, serial: UInt32, files: [String]
  ) -> CompiledZone? {
    // Four sevenths full: a name that is not there then takes about three looks to be missed, most often at one cache
    // line.
    let slotCount = UInt32(builder.nodes.count * 7 / 4 + 1)
    arena.append(zeros: ZoneView.headerSize + Int(slotCount) * ZoneView.slotSize)
    nodePlaces.reserveCapacity(builder.nodes.count)
    for node in builder.nodes.indices { appendNode(node, &builder) }
    guard !arena.isFull else {
      builder.reportTooLarge(at: soa.position)
      return nil
    }
    linkNodes(builder)
    fillSlots(slotCount, builder)

    let deepest = builder.nodes.reduce(0) { max($0, $1.labels) }
    let apex = UInt64(builder.apexLabels) << 8 | UInt64(builder.apex.octets.count) << 16
    let negativeSOA = UInt64(appendNegativeSOA(soa, ttl: negativeTTL, builder))
    arena.store(uint64: UInt64(slotCount) | UInt64(nodePlaces[0]) << 32, at: 0)
    arena.store(uint64: negativeSOA | (UInt64(deepest) | apex) << 32, at: 8)
    if arena.isFull { builder.reportTooLarge(at: soa.position) }
    guard !builder.report.hasErrors else { return nil }
    return CompiledZone(
      apex: builder.apex, serial: serial, recordCount: recordCount, rotationCount: rotationCount,
      pools: pools, policyRecords: builder.policyRecords(files: files), arena: arena.finish())
  }

  // MARK: Nodes

  private mutating func appendNode(_ node: Int, _ builder: inout ZoneBuilder) {
    var flags = builder.nodes[node].flags
    let isSteered = builder.steeredNodes[node] != nil && !flags.contains(.occluded)
    var entries: InlineArray<4, (RRType, UInt32)> = .init(repeating: (RRType(rawValue: 0), 0))
    var more: [(RRType, UInt32)] = []
    var entryCount = 0
    var hasPool = false
    if !flags.contains(.occluded) {
      let end = Int(builder.nodes[node].first + builder.nodes[node].count)
      var start = Int(builder.nodes[node].first)
      while start < end {
        let rrset = start..<builder.rrsetEnd(start, end)
        start = rrset.upperBound
        let type = builder.type(at: rrset.lowerBound)
        // Data at a zone cut belongs to the child, but for NS and DS (RFC 4035 §2.4).
        if flags.contains(.delegation), type != .ns, type != .ds { continue }
        let isPool = isSteered && (type == .a || type == .aaaa)
        guard
          let place = isPool
            ? appendPool(rrset, type, node, builder) : appendRRset(rrset, type, node, &builder)
        else { continue }
        hasPool = hasPool || isPool
        if entryCount < 4 { entries[entryCount] = (type, place) } else { more.append((type, place)) }
        entryCount += 1
      }
    }
    if isSteered, !hasPool {
      // Without addresses the policy's members are targets, and the name answers like a CNAME.
      let place = appendPool(0..<0, .cname, node, builder)
      if entryCount < 4 { entries[entryCount] = (.cname, place) } else { more.append((.cname, place)) }
      entryCount += 1
      flags.insert(.cname)
    }
    recordCount += Int(builder.nodes[node].count)
    nodePlaces.append(UInt32(arena.count))
    let name = Int(builder.nodes[node].name)
    let nameLength = Int(builder.nodes[node].nameLength)
    arena.append(uint64: UInt64(nameLength) | UInt64(flags.rawValue) << 8 | UInt64(entryCount) << 16)
    arena.append(builder.names.span.extracting(name..<name + nameLength).octets)
    for index in 0..<entryCount {
      let (type, place) = index < 4 ? entries[index] : more[index - 4]
      arena.append(uint16: type.rawValue)
      arena.append(uint32: place)
    }
  }

  private mutating func linkNodes(_ builder: borrowing ZoneBuilder) {
    for node in builder.nodes.indices {
      let flags = builder.nodes[node].flags
      guard flags.contains(.occluded) || flags.contains(.wildcard) else { continue }
      let place = Int(nodePlaces[node])
      let link = UInt64(nodePlaces[Int(builder.nodes[node].link)])
      arena.store(uint64: arena.uint64(at: place) | link << 32, at: place)
    }
  }

  private mutating func fillSlots(_ slotCount: UInt32, _ builder: borrowing ZoneBuilder) {
    for node in builder.nodes.indices {
      if node + Self.foresight < builder.nodes.count {
        let hash = builder.nodes[node + Self.foresight].hash
        let slot = Int(ZoneView.slot(of: hash, among: slotCount))
        arena.prefetch(at: ZoneView.headerSize + slot * ZoneView.slotSize)
      }
      let hash = builder.nodes[node].hash
      var slot = ZoneView.slot(of: hash, among: slotCount)
      while arena.uint64(at: ZoneView.headerSize + Int(slot) * ZoneView.slotSize) != 0 {
        slot = slot + 1 == slotCount ? 0 : slot + 1
      }
      arena.store(
        uint64: UInt64(nodePlaces[node]) << 32 | hash & 0xffff_ffff,
        at: ZoneView.headerSize + Int(slot) * ZoneView.slotSize)
    }
  }

  // MARK: RRsets

  private mutating func appendRRset(
    _ rrset: Range<Int>, _ type: RRType, _ node: Int, _ builder: inout ZoneBuilder
  ) -> UInt32? {
    let isAddress = type == .a || type == .aaaa
    let rdataLength = type == .a ? 4 : 16
    if isAddress, rrset.allSatisfy({ builder.rdata(of: Int(builder.order[$0])).count == rdataLength }),
      rrset.count * (rdataLength + 12) <= RRsetEncoder.maximumLength
    {
      return appendAddresses(rrset, type, rdataLength, builder)
    }
    var encoder = RRsetEncoder(owner: builder.name(of: node), apex: builder.apex)
    for place in rrset {
      let record = Int(builder.order[place])
      encoder.append(type: type, ttl: builder.records[record].ttl, rdata: builder.rdata(of: record))
    }
    guard encoder.octets.count <= RRsetEncoder.maximumLength else {
      builder.report.add(
        .error, builder.records[Int(builder.order[rrset.lowerBound])].position,
        "the \(type.mnemonic) RRset of \(builder.name(of: node)) has \(encoder.octets.count) octets, but a "
          + "message can carry \(RRsetEncoder.maximumLength) of them; spread its records over several names")
      return nil
    }
    let length = encoder.octets.count
    let additional = builder.appendAdditional(of: rrset, at: node, to: &encoder)
    let place = UInt32(arena.count)
    arena.append(
      encoder, type: type, recordCount: rrset.count, length: length,
      additionalCount: additional.count, requiredLength: additional.requiredLength)
    return place
  }

  private mutating func appendAddresses(
    _ rrset: Range<Int>, _ type: RRType, _ rdataLength: Int, _ builder: borrowing ZoneBuilder
  ) -> UInt32 {
    let place = UInt32(arena.count)
    arena.beginAddresses(type, count: rrset.count, rotation: rotationCount)
    if rrset.count > 1 { rotationCount += 1 }
    for place in rrset {
      let record = builder.records[Int(builder.order[place])]
      let start = Int(record.rdata)
      arena.appendAddress(
        type, ttl: record.ttl, rdata: builder.rdata.span.extracting(start..<start + rdataLength).octets)
    }
    return place
  }

  // In place of records stands the pool's number; what is answered stands in its schedule.
  private mutating func appendPool(
    _ rrset: Range<Int>, _ type: RRType, _ node: Int, _ builder: borrowing ZoneBuilder
  ) -> UInt32 {
    let place = UInt32(arena.count)
    arena.appendPool(type, number: pools.count)
    let addresses = rrset.compactMap { IPAddress(octets: builder.rdata(of: Int(builder.order[$0]))) }
    let stated = builder.steeredNodes[node].flatMap { $0 } ?? negativeTTL
    let ttl = rrset.isEmpty ? stated : builder.records[Int(builder.order[rrset.lowerBound])].ttl
    pools.append(PoolSite(owner: builder.name(of: node), type: type, ttl: ttl, addresses: addresses))
    return place
  }

  private mutating func appendNegativeSOA(
    _ soa: ZoneBuilder.Record, ttl: UInt32, _ builder: borrowing ZoneBuilder
  ) -> UInt32 {
    var encoder = RRsetEncoder(owner: builder.apex, apex: builder.apex)
    let start = Int(soa.rdata)
    encoder.append(type: .soa, ttl: ttl, rdata: builder.rdata[start..<start + Int(soa.rdataLength)])
    let place = UInt32(arena.count)
    arena.append(encoder, type: .soa, recordCount: 1)
    return place
  }
}
