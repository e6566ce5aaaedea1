// Unsafe file. Reads what `Snapshot` wrote. Slots are checked against the table's size. The memory lives as
// long as the snapshot, which the publisher keeps until no worker is between entering and leaving it.

import DNSWire
import Zones

/// A snapshot as a worker reads it.
@safe
struct SnapshotView: @unchecked Sendable {  // Sendable: what it views is never written again.
  /// What the view leads to, written once.
  @safe
  struct Contents {
    fileprivate let entries: UnsafePointer<ZoneEntry.Contents>
    fileprivate let slotCount: Int
    fileprivate let depths: LabelCounts
    fileprivate let isLarge: Bool
    fileprivate let hasManyPools: Bool
    fileprivate let names: ArenaView
    fileprivate let udpSize: Int
    fileprivate let heedsSubnet: Bool
    fileprivate let nsid: ArenaView
    fileprivate let version: ArenaView
    fileprivate let identity: ArenaView
    fileprivate let explainFrom: NetworkTable
    fileprivate let chaosNames = ChaosNames()
    fileprivate let texts: UnsafeMutableRawPointer
  }

  private let contents: UnsafePointer<Contents>

  /// Allocates what the view leads to; `deallocate()` frees it.
  @unsafe
  init(
    entries: UnsafeMutablePointer<ZoneEntry.Contents>, slotCount: Int, depths: LabelCounts, isLarge: Bool,
    hasManyPools: Bool, settings: AnswerSettings, names: [UInt8]
  ) {
    let parts = [
      names, settings.nsid, settings.version ?? [], settings.identity ?? [],
      NetworkTable.encode(settings.explainFrom),
    ]
    // Eight octets more, so that the end of a name can be read as a word.
    let size = parts.reduce(8) { $0 + $1.count }
    let texts = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    unsafe texts.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    var views: [ArenaView] = []
    var offset = 0
    for part in parts {
      for (index, octet) in part.enumerated() {
        unsafe texts.storeBytes(of: octet, toByteOffset: offset + index, as: UInt8.self)
      }
      unsafe views.append(ArenaView(base: texts + offset, count: part.count))
      offset += part.count
    }
    let contents = UnsafeMutablePointer<Contents>.allocate(capacity: 1)
    unsafe contents.initialize(
      to: Contents(
        entries: entries, slotCount: slotCount, depths: depths, isLarge: isLarge,
        hasManyPools: hasManyPools,
        names: ArenaView(base: texts, count: size),
        udpSize: Int(settings.udpSize), heedsSubnet: settings.heedsSubnet,
        nsid: views[1], version: views[2], identity: views[3], explainFrom: NetworkTable(views[4]),
        texts: texts))
    unsafe self.contents = UnsafePointer(contents)
  }

  @unsafe
  func deallocate() {
    unsafe contents.pointee.texts.deallocate()
    unsafe contents.deallocate()
  }

  /// A view whose `address` this is.
  @unsafe
  init?(address: UInt) {
    guard let contents = unsafe UnsafePointer<Contents>(bitPattern: address) else { return nil }
    unsafe self.contents = contents
  }

  /// The view as a number, which can be stored atomically.
  var address: UInt { unsafe UInt(bitPattern: contents) }

  /// Whether a zone has more data than the processor's caches are likely to hold, or all have.
  var isLarge: Bool { unsafe contents.pointee.isLarge }
  /// Whether there are more pools than they are likely to hold.
  var hasManyPools: Bool { unsafe contents.pointee.hasManyPools }
  /// The longest UDP response, in octets.
  var udpSize: Int { unsafe contents.pointee.udpSize }
  /// Whether a client's subnet is used where it is told.
  var heedsSubnet: Bool { unsafe contents.pointee.heedsSubnet }
  /// The server's identifier (RFC 5001); empty where the option is off.
  var nsid: ArenaView { unsafe contents.pointee.nsid }

  /// The zone with the longest apex that is a suffix of at most `labels` labels of `name`.
  ///
  /// - Returns: its entry and the labels of its apex; nil where no zone matches.
  @inline(__always)
  func zone(enclosing name: borrowing NameBuffer, suffix labels: Int) -> (entry: ZoneEntry, labels: Int)? {
    var labels = labels
    while let depth = unsafe contents.pointee.depths.largest(upTo: labels) {
      if let entry = entry(named: name, suffix: depth) { return (entry, depth) }
      if depth == 0 { return nil }
      labels = depth &- 1
    }
    return nil
  }

  /// The number of an entry, by which `entry(_:)` finds it again.
  @inline(__always)
  func number(of entry: ZoneEntry) -> Int { unsafe entry.contents - contents.pointee.entries }

  @inline(__always)
  func entry(_ number: Int) -> ZoneEntry {
    precondition(number >= 0 && number < (unsafe contents.pointee.slotCount))
    return unsafe ZoneEntry(contents.pointee.entries + number)
  }

  /// Whether a client may know how answers come about.
  @inline(__always)
  func explains(to client: IPAddress) -> Bool {
    unsafe contents.pointee.explainFrom.contains(client)
  }

  /// What a name under which servers tell about themselves is answered with; empty: it is refused. Nil: it is
  /// another name.
  @inline(__always)
  func chaosText(for name: borrowing NameBuffer) -> ArenaView? {
    let hash = name.hash(ofSuffix: name.labelCount)
    let names = unsafe contents.pointee.chaosNames
    if hash == names.versionBind || hash == names.versionServer { return unsafe contents.pointee.version }
    if hash == names.idServer || hash == names.hostnameBind { return unsafe contents.pointee.identity }
    return nil
  }

  @inline(__always)
  private func entry(named name: borrowing NameBuffer, suffix labels: Int) -> ZoneEntry? {
    let hash = name.hash(ofSuffix: labels)
    let start = name.offset(ofSuffix: labels)
    let length = name.length &- start
    let slotCount = unsafe contents.pointee.slotCount
    var slot = SnapshotView.slot(of: hash, among: slotCount)
    while true {
      precondition(slot >= 0 && slot < slotCount)
      let entry = unsafe ZoneEntry(contents.pointee.entries + slot)
      if entry.state == .none { return nil }
      if entry.hash == hash, entry.apexLength == length, isApex(of: entry, name, start) { return entry }
      slot = slot &+ 1 == slotCount ? 0 : slot &+ 1
    }
  }

  @inline(__always)
  private func isApex(of entry: ZoneEntry, _ name: borrowing NameBuffer, _ start: Int) -> Bool {
    let names = unsafe contents.pointee.names
    let offset = entry.apexOffset
    let length = entry.apexLength
    var position = 0
    while position < length {
      let difference = names.uint64(at: offset &+ position).littleEndian ^ name.octets8(at: start &+ position)
      if difference.lowestOctets(length &- position) != 0 { return false }
      position &+= 8
    }
    return true
  }

  @inline(__always)
  static func slot(of hash: UInt64, among slots: Int) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(truncatingIfNeeded: slots)) >> 32)
  }
}
