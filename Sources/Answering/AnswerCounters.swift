import DNSWire
import Synchronization

/// What one worker has counted; how many queries came, its transport knows. Written by the worker alone, read by anyone.
struct AnswerCounters: ~Copyable {
  /// What is counted.
  enum Event: Int, CaseIterable {
    /// Got no response: too short for a header, or itself a response.
    case ignored
    case truncated
    case chaos
    /// Left to others to be explained; not counted by its response code.
    case explanation
    case noError
    case formErr
    case servFail
    case nxDomain
    case notImp
    case refused
    case yxDomain
    case notAuth
    case badVers

    @inline(__always)
    init(_ rcode: Rcode) {
      self =
        switch rcode {
        case .noError: .noError
        case .formErr: .formErr
        case .nxDomain: .nxDomain
        case .notImp: .notImp
        case .refused: .refused
        case .yxDomain: .yxDomain
        case .notAuth: .notAuth
        case .badVers: .badVers
        default: .servFail
        }
    }
  }

  private static var eventCount: Int { 13 }
  /// Types from this one on are counted together.
  static var typeCount: Int { 258 }
  /// Columns of zones; the first is that of all zones that have none of their own.
  static var zoneCount: Int { 1_024 }

  private let events = InlineArray<13, Atomic<UInt64>> { _ in Atomic(0) }
  private let types = InlineArray<259, Atomic<UInt64>> { _ in Atomic(0) }
  private let zones = InlineArray<1_024, Atomic<UInt64>> { _ in Atomic(0) }

  @_noAllocation @_noLocks @inline(__always)
  func count(_ event: Event) {
    Self.increment(events[event.rawValue])
  }

  @_noAllocation @_noLocks @inline(__always)
  func count(_ type: RRType) {
    Self.increment(types[min(Int(type.rawValue), Self.typeCount)])
  }

  /// Counts a query by its zone.
  @_noAllocation @_noLocks @inline(__always)
  func count(zone column: Int) {
    Self.increment(zones[column])
  }

  // A load and a store: an atomic addition would lock the cache line, for a single writer to no purpose.
  @_noAllocation @_noLocks @inline(__always)
  private static func increment(_ counter: borrowing Atomic<UInt64>) {
    counter.store(counter.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
  }

  func add(to totals: inout AnswerTotals) {
    for index in 0..<Self.eventCount { totals.events[index] += events[index].load(ordering: .relaxed) }
    for index in 0...Self.typeCount { totals.types[index] += types[index].load(ordering: .relaxed) }
  }

  func queries(inZone column: Int) -> UInt64 { zones[column].load(ordering: .relaxed) }
}
