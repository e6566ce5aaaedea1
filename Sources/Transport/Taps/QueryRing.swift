// Unsafe file. A ring in one mapping, which `QueryRings` owns: two words of positions and one of losses, each alone on
// its pair of cache lines, then the entries. Positions only grow; the place of one in the ring is its remainder, a
// multiple of eight. The writer stores entries between the reader's position and that plus the ring's size, and then,
// releasing, its own position; the reader looks no further than that, having acquired it. So nobody reads what is being
// written. An entry's lengths are checked by the writer against what there is room for, and the reader trusts them: both
// are of this process.

internal import Answering
internal import DNSWire
internal import Synchronization

/// Entries on their way from one thread that writes to one that reads. What finds no room is counted and dropped.
@safe
struct QueryRing: @unchecked Sendable {  // Sendable: see above, one writer and one reader.
  /// Octets of entries that may wait. A power of two.
  static var capacity: Int { 4 << 20 }
  static var size: Int { headerSize + capacity }

  /// What stands before the octets of an entry.
  struct Head: BitwiseCopyable {
    /// Octets of the whole entry, padding included; 0: the next one is at the ring's begin.
    var size: Int
    var queryLength = 0
    var responseLength = 0
    /// Nanoseconds since 1970, UTC.
    var time: Int64 = 0
    var client = IPAddress(v4: 0)
    var port: UInt16 = 0
    var isTCP = false
  }

  private static var headerSize: Int { 384 }
  private static var headSize: Int { (MemoryLayout<Head>.size + 7) & ~7 }

  private let written: UnsafeMutablePointer<Atomic<Int>>
  private let read: UnsafeMutablePointer<Atomic<Int>>
  private let losses: UnsafeMutablePointer<Atomic<UInt64>>
  private let entries: UnsafeMutableRawPointer

  /// - Parameter start: of `size` zeroed octets.
  @unsafe
  init(_ start: UnsafeMutableRawPointer) {
    unsafe written = start.bindMemory(to: Atomic<Int>.self, capacity: 1)
    unsafe read = (start + 128).bindMemory(to: Atomic<Int>.self, capacity: 1)
    unsafe losses = (start + 256).bindMemory(to: Atomic<UInt64>.self, capacity: 1)
    unsafe entries = start + Self.headerSize
  }

  /// Entries dropped so far.
  var lossCount: UInt64 { unsafe losses.pointee.load(ordering: .relaxed) }

  /// Adds an entry, whose lengths `head` tells; its size is filled in. For the writer only.
  @_noAllocation @_noLocks @unsafe
  func write(_ head: Head, query: UnsafeRawPointer, response: UnsafeRawPointer) {
    precondition(head.queryLength >= 0 && head.responseLength >= 0)
    var head = head
    head.size = (Self.headSize + head.queryLength + head.responseLength + 7) & ~7
    var end = unsafe written.pointee.load(ordering: .relaxed)
    let free = unsafe Self.capacity - (end - read.pointee.load(ordering: .acquiring))
    // Entries are not torn: where one does not fit before the ring's end, it begins anew.
    let rest = Self.capacity - end & (Self.capacity - 1)
    let gap = head.size <= rest ? 0 : rest
    guard gap + head.size <= free else {
      let count = unsafe losses.pointee.load(ordering: .relaxed)
      unsafe losses.pointee.store(count &+ 1, ordering: .relaxed)
      return
    }
    if gap > 0 {
      unsafe (entries + (Self.capacity - rest)).storeBytes(of: 0, as: Int.self)
      end += gap
    }
    let entry = unsafe entries + end & (Self.capacity - 1)
    unsafe entry.storeBytes(of: head, as: Head.self)
    unsafe (entry + Self.headSize).copyMemory(from: query, byteCount: head.queryLength)
    unsafe (entry + Self.headSize + head.queryLength).copyMemory(
      from: response, byteCount: head.responseLength)
    unsafe written.pointee.store(end + head.size, ordering: .releasing)
  }

  /// Takes the longest waiting entry; nil: there is none. For the reader only.
  func take() -> AnsweredQuery? {
    var start = unsafe read.pointee.load(ordering: .relaxed)
    guard start < (unsafe written.pointee.load(ordering: .acquiring)) else { return nil }
    var entry = unsafe entries + start & (Self.capacity - 1)
    if unsafe entry.load(as: Int.self) == 0 {
      start += Self.capacity - start & (Self.capacity - 1)
      unsafe entry = entries
    }
    let head = unsafe entry.load(as: Head.self)
    let octets = unsafe UnsafeRawBufferPointer(
      start: entry + Self.headSize, count: head.queryLength + head.responseLength)
    let answered = unsafe AnsweredQuery(
      time: head.time, client: Endpoint(address: head.client, port: head.port),
      transport: head.isTCP ? .tcp : .udp, query: Array(octets.prefix(head.queryLength)),
      response: Array(octets.dropFirst(head.queryLength)))
    unsafe read.pointee.store(start + head.size, ordering: .releasing)
    return answered
  }
}
