import DNSWire
import Synchronization

/// What one worker has counted. Written by the worker alone, read by anyone.
struct AnswerCounters: ~Copyable {
  /// What is counted.
  enum Event: Int, CaseIterable {
    case udp
    case tcp
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

  private let counts = InlineArray<15, Atomic<UInt64>> { _ in Atomic(0) }

  // A load and a store: an atomic addition would lock the cache line, for a single writer to no purpose.
  @_noAllocation @_noLocks @inline(__always)
  func count(_ event: Event) {
    let count = counts[event.rawValue].load(ordering: .relaxed)
    counts[event.rawValue].store(count &+ 1, ordering: .relaxed)
  }

  func add(to totals: inout AnswerTotals) {
    for event in Event.allCases {
      totals.counts[event.rawValue] += counts[event.rawValue].load(ordering: .relaxed)
    }
  }
}
