// Unsafe file. Pointers to a query and its response are passed on to the ring, which copies as many octets as it is told;
// the caller answers for them.

internal import DNSWire

/// Keeps one of so many answered queries of a worker for who logs them; or none, where nobody does.
@safe
struct QueryTap {
  private let ring: QueryRing?
  private let interval: Int
  /// Answered queries until the next one that is kept.
  private var left: Int

  /// Keeps none.
  static var closed: QueryTap { QueryTap(nil, interval: .max) }

  /// - Parameter interval: of how many queries one is kept; 1 at least.
  init(_ ring: QueryRing?, interval: Int) {
    self.ring = ring
    self.interval = interval
    // Were each worker to begin with its first, those of short lives would be in the log too often.
    left = ring == nil ? .max : Int.random(in: 1...interval)
  }

  /// Counts an answered query. Returns whether it is to be kept.
  @_noAllocation @_noLocks @inline(__always)
  mutating func counts() -> Bool {
    left &-= 1
    guard left <= 0 else { return false }
    left = interval
    return true
  }

  /// Keeps a query with its response.
  @_noAllocation @_noLocks @unsafe
  func keep(
    _ query: UnsafeRawPointer, length: Int, response: UnsafeRawPointer, responseLength: Int,
    from client: IPAddress, port: UInt16, isTCP: Bool
  ) {
    guard let ring else { return }
    unsafe ring.write(
      QueryRing.Head(
        size: 0, queryLength: length, responseLength: responseLength, time: System.wallNanoseconds(),
        client: client, port: port, isTCP: isTCP),
      query: query, response: response)
  }
}
