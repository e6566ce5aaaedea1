// Unsafe file. Reads what `Snapshot` wrote. Slots are checked against the table's size. The memory lives as
// long as the snapshot, which the publisher keeps until no worker is between entering and leaving it.

import DNSWire
import Zones

/// A snapshot as a worker reads it.
@safe
struct SnapshotView: @unchecked Sendable {  // Sendable: what it views is never written again.
  private let entries: UnsafePointer<ZoneEntry>
  private let slotCount: Int
  private let depths: LabelCounts
  private let names: ArenaView
  /// The longest UDP response, in octets.
  let udpSize: Int
  /// Empty where the option is off.
  let nsid: ArenaView
  // Empty where the question is refused.
  private let version: ArenaView
  private let identity: ArenaView
  private let chaosNames: ChaosNames

  private let memory: UnsafeMutableRawPointer

  @unsafe
  init(
    entries: UnsafeMutablePointer<ZoneEntry>, slotCount: Int, depths: LabelCounts, settings: AnswerSettings,
    names: [UInt8]
  ) {
    unsafe self.entries = UnsafePointer(entries)
    self.slotCount = slotCount
    self.depths = depths
    udpSize = Int(settings.udpSize)
    let texts = [names, settings.nsid, settings.version ?? [], settings.identity ?? []]
    // Eight octets more, so that a name's end can be read as a word.
    let size = texts.reduce(8) { $0 + $1.count }
    unsafe memory = .allocate(byteCount: size, alignment: 8)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    var views: [ArenaView] = []
    var offset = 0
    for text in texts {
      for (index, octet) in text.enumerated() {
        unsafe memory.storeBytes(of: octet, toByteOffset: offset + index, as: UInt8.self)
      }
      unsafe views.append(ArenaView(base: memory + offset, count: text.count))
      offset += text.count
    }
    self.names = views[0]
    nsid = views[1]
    version = views[2]
    identity = views[3]
    chaosNames = ChaosNames()
  }

  @unsafe
  func deallocate() {
    unsafe memory.deallocate()
  }

  /// The zone with the longest apex that is a suffix of at most `labels` labels of `name`.
  ///
  /// - Returns: its entry and the labels of its apex; nil where no zone matches.
  @inline(__always)
  func zone(enclosing name: borrowing NameBuffer, suffix labels: Int) -> (entry: ZoneEntry, labels: Int)? {
    var labels = labels
    while let depth = depths.largest(upTo: labels) {
      if let entry = entry(named: name, suffix: depth) { return (entry, depth) }
      if depth == 0 { return nil }
      labels = depth &- 1
    }
    return nil
  }

  /// What a name of class CH is answered with; nil: the question is refused.
  @inline(__always)
  func chaosText(for name: borrowing NameBuffer) -> ArenaView? {
    let hash = name.hash(ofSuffix: name.labelCount)
    let text: ArenaView
    if hash == chaosNames.versionBind || hash == chaosNames.versionServer {
      text = version
    } else if hash == chaosNames.idServer || hash == chaosNames.hostnameBind {
      text = identity
    } else {
      return nil
    }
    return text.count > 0 ? text : nil
  }

  @inline(__always)
  private func entry(named name: borrowing NameBuffer, suffix labels: Int) -> ZoneEntry? {
    let hash = name.hash(ofSuffix: labels)
    let start = name.offset(ofSuffix: labels)
    let length = name.length &- start
    var slot = SnapshotView.slot(of: hash, among: slotCount)
    while true {
      precondition(slot >= 0 && slot < slotCount)
      let entry = unsafe entries[slot]
      if entry.state == .none { return nil }
      if entry.hash == hash, entry.apexLength == length, isApex(of: entry, name, start) { return entry }
      slot = slot &+ 1 == slotCount ? 0 : slot &+ 1
    }
  }

  @inline(__always)
  private func isApex(of entry: ZoneEntry, _ name: borrowing NameBuffer, _ start: Int) -> Bool {
    var position = 0
    while position < entry.apexLength {
      if names.octet(at: entry.apexOffset &+ position) != name.octet(at: start &+ position) { return false }
      position &+= 1
    }
    return true
  }

  @inline(__always)
  static func slot(of hash: UInt64, among slots: Int) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(slots)) >> 32)
  }
}
