package import DNSWire

/// The records of one zone while it is read: every name once, with the names above it.
///
/// `add` takes records in file order; `group()` then sorts them by name and type. Checks and compiling
/// work on the grouped form.
package struct ZoneBuilder: ~Copyable {
  /// A name at or above a record.
  struct Node {
    /// Where the name without the apex begins in `names`, and how many octets it has.
    var name: UInt32
    var nameLength: UInt8
    var labels: UInt8
    var isWildcard: Bool
    /// What is known once all records are there.
    var flags: NodeView.Flags = []
    /// The node above; 0 for the apex, which is its own.
    var parent: UInt32
    /// The wildcard child, or the delegation or DNAME above, as `flags` says.
    var link: UInt32 = 0
    /// Into `order`, after `group()`.
    var first: UInt32 = 0
    var count: UInt32 = 0
    var hash: UInt64
  }

  /// One resource record.
  struct Record {
    var node: UInt32
    /// In seconds; `noTTL` where the file states none.
    var ttl: UInt32
    let type: RRType
    let rdataLength: UInt16
    /// Where the RDATA begins in `rdata`.
    let rdata: UInt32
    let position: RecordPosition
  }

  /// A record that holds policy.
  struct TakenRecord {
    let owner: [UInt8]
    let type: RRType
    /// In seconds; nil where the file states none.
    let ttl: UInt32?
    let rdata: [UInt8]
    let position: RecordPosition
  }

  static let noTTL = UInt32.max
  /// In seconds (RFC 2181 §8).
  static let maximumTTL: UInt32 = 0x7fff_ffff

  let apex: DomainName
  let apexLabels: Int
  private(set) var names: [UInt8] = []
  private(set) var rdata: [UInt8] = []
  var nodes: [Node] = []
  var records: [Record] = []
  /// Indices of `records` by node, then type, then place in the file; duplicates left out.
  var order: [UInt32] = []
  var report = ZoneReport()
  /// Records that are taken out of the zone, and what they say is left to the policy's reader.
  private(set) var policyRecords: [TakenRecord] = []
  /// Nodes that a policy is for, and the TTL of its first record.
  private(set) var steeredNodes: [Int: UInt32?] = [:]

  // A zone within these fits into an arena, but for what goes along with its records.
  private static let octetLimit = 1 << 30
  private static let countLimit = 1 << 26

  private var index = NodeIndex()
  private var name = NameBuffer()
  // Of the last record, whose node is only looked for when what that takes has been fetched from memory.
  private var waitingName = NameBuffer()
  private var isWaiting = false
  private var apexName = NameBuffer()

  package init(apex: DomainName) {
    self.apex = apex
    _ = apexName.load(from: apex.octets.span.octets, at: 0)
    apexLabels = apexName.labelCount
    nodes.append(
      Node(
        name: 0, nameLength: 0, labels: UInt8(apexName.labelCount), isWildcard: false, parent: 0,
        hash: apexName.hash(ofSuffix: apexName.labelCount)))
    index.insert(0, nodes)
  }

  /// The node of a name of this zone in wire format; nil when there is none, or the name lies outside.
  mutating func node(named octets: RawSpan, at offset: Int = 0) -> Int? {
    guard name.load(from: octets, at: offset) != nil, isInZone else { return nil }
    return existingNode(suffix: name.labelCount)
  }

  /// Whether a name in wire format lies at or below the apex.
  mutating func isInZone(_ octets: RawSpan, at offset: Int) -> Bool {
    name.load(from: octets, at: offset) != nil && isInZone
  }

  private var isInZone: Bool {
    guard name.labelCount >= apexLabels,
      name.hash(ofSuffix: apexLabels) == apexName.hash(ofSuffix: apexLabels)
    else { return false }
    return name.hasSuffix(apexName, at: name.offset(ofSuffix: apexLabels))
  }

  private func existingNode(suffix labels: Int) -> Int? {
    let start = name.offset(ofSuffix: labels)
    let length = name.length - start - apexName.length
    var slot = index.slot(of: name.hash(ofSuffix: labels))
    let tag = NodeIndex.tag(of: name.hash(ofSuffix: labels))
    while let candidate = index.entry(at: slot) {
      if candidate.tag == tag, isNamed(candidate.node, from: start, length: length) { return candidate.node }
      slot = index.slot(after: slot)
    }
    return nil
  }

  // Whether what stands in `name` from `start` on, less the apex, is a node's name.
  private func isNamed(_ node: Int, from start: Int, length: Int) -> Bool {
    let node = nodes[node]
    guard Int(node.nameLength) == length else { return false }
    var position = 0
    while position < length, names[Int(node.name) &+ position] == name.octet(at: start &+ position) {
      position &+= 1
    }
    return position == length
  }

  // Whether the name lies at or below one that holds policy.
  private var isPolicyName: Bool {
    var labels = name.labelCount
    while labels > apexLabels {
      let start = name.offset(ofSuffix: labels)
      if name.octet(at: start + 1) == UInt8(ascii: "_"), PolicyLabel(of: name, at: start) != nil {
        return true
      }
      labels -= 1
    }
    return false
  }

  /// Finds what policies are for. A name may have no other record than its policy, whose targets then answer.
  mutating func findSteeredNodes() {
    for record in policyRecords {
      guard name.load(from: record.owner.span.octets, at: 0) != nil, name.labelCount > apexLabels,
        PolicyLabel(of: name, at: 0) == .balancing,
        name.load(from: record.owner.span.octets, at: name.offset(ofSuffix: name.labelCount - 1)) != nil,
        isInZone
      else { continue }
      let node = nodeForName()
      if steeredNodes[node] == nil { steeredNodes.updateValue(record.ttl, forKey: node) }
    }
  }

  // Makes the nodes that are missing between the closest encloser and the name itself.
  private mutating func nodeForName() -> Int {
    var labels = name.labelCount
    var found = existingNode(suffix: labels)
    while found == nil {
      labels -= 1
      found = existingNode(suffix: labels)
    }
    var parent = found ?? 0
    while labels < name.labelCount {
      labels += 1
      let start = name.offset(ofSuffix: labels)
      let length = name.length - start - apexName.length
      nodes.append(
        Node(
          name: UInt32(names.count), nameLength: UInt8(length), labels: UInt8(labels),
          isWildcard: name.octet(at: start) == 1 && name.octet(at: start + 1) == UInt8(ascii: "*"),
          parent: UInt32(parent), hash: name.hash(ofSuffix: labels)))
      for position in start..<start + length { names.append(name.octet(at: position)) }
      parent = nodes.count - 1
      index.insert(parent, nodes)
    }
    return parent
  }
}

extension ZoneBuilder: RecordSink {
  package mutating func add(
    owner: Span<UInt8>, type: RRType, ttl: UInt32?, rdata: Span<UInt8>, at position: RecordPosition
  ) {
    guard name.load(from: owner.octets, at: 0) != nil, isInZone else {
      let shown = DomainName(wellFormed: owner.indices.map { owner[$0] })
      report.add(
        .warning, position,
        "\(shown) is not in the zone \(apex): ignored; move it to the file of its own zone")
      return
    }
    if isPolicyName {
      policyRecords.append(
        TakenRecord(
          owner: owner.indices.map { owner[$0] }, type: type, ttl: ttl,
          rdata: rdata.indices.map { rdata[$0] },
          position: position))
      return
    }
    guard !isFull else { return }
    index.prefetch(name.hash(ofSuffix: name.labelCount))
    findNodeOfLastRecord()
    swap(&name, &waitingName)
    isWaiting = true
    let start = self.rdata.count
    for index in rdata.indices { self.rdata.append(rdata[index]) }
    records.append(
      Record(
        node: 0, ttl: ttl ?? Self.noTTL, type: type, rdataLength: UInt16(rdata.count),
        rdata: UInt32(start), position: position))
  }

  /// Finds or makes the node of the last record, if that has not been done.
  mutating func findNodeOfLastRecord() {
    guard isWaiting else { return }
    isWaiting = false
    swap(&name, &waitingName)
    let node = nodeForName()
    swap(&name, &waitingName)
    nodes[node].count += 1
    records[records.count - 1].node = UInt32(node)
  }

  package mutating func expect(octets: Int) {
    // Lines of zones of many records have 20 to 40 octets. Memory that is not used in the end is never touched.
    records.reserveCapacity(octets / 20)
    nodes.reserveCapacity(octets / 20)
    names.reserveCapacity(octets / 2)
    rdata.reserveCapacity(octets / 4)
  }

  /// Whether the zone is larger than one may be; what comes then is dropped, and the zone is not taken.
  package var isFull: Bool {
    rdata.count > Self.octetLimit || names.count > Self.octetLimit || nodes.count > Self.countLimit
      || records.count > Self.countLimit
  }

  /// Says that the zone does not fit into an arena.
  mutating func reportTooLarge(at position: RecordPosition) {
    report.add(
      .error, position,
      "the zone is too large: compiled it would take more than 4 GiB; delegate parts of it to zones of their own"
    )
  }

  package mutating func add(_ diagnostic: Diagnostic) {
    report.add(diagnostic)
  }
}
