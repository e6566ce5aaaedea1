/// How long answers took, from a query in memory to its response in memory, of those that were timed: one of every
/// `interval`, so that timing costs nothing that could be measured.
public struct AnswerDurations: Equatable, Sendable {
  /// A prime: else it could always be the first of a batch that is timed.
  static var interval: Int { 61 }
  static var bucketCount: Int { 18 }
  /// The first bucket is below 2 to the power of this, in nanoseconds.
  private static var firstPower: Int { 7 }

  /// By bucket.
  public internal(set) var counts = [UInt64](repeating: 0, count: bucketCount)
  /// In nanoseconds.
  public internal(set) var sum: UInt64 = 0

  public init() {}

  /// Each bucket but the last ends before this, in nanoseconds: 128, 256 and so on, to about 8 ms.
  public static var ends: [UInt64] { (0..<bucketCount - 1).map { 1 << UInt64(firstPower + $0) } }

  @_noAllocation @_noLocks @inline(__always)
  static func bucket(of nanoseconds: UInt64) -> Int {
    let bits = 64 &- nanoseconds.leadingZeroBitCount
    return bits <= firstPower ? 0 : min(bits &- firstPower, bucketCount &- 1)
  }

  public static func += (sums: inout AnswerDurations, others: AnswerDurations) {
    for bucket in sums.counts.indices { sums.counts[bucket] += others.counts[bucket] }
    sums.sum += others.sum
  }
}

/// Says which answers are timed.
struct AnswerTimer {
  private var left = 0

  /// When an answer begins, in nanoseconds; 0: it is not timed.
  @_noAllocation @_noLocks @inline(__always)
  mutating func begin() -> Int64 {
    left &-= 1
    guard left < 0 else { return 0 }
    left = AnswerDurations.interval &- 1
    return System.nanoseconds()
  }

  @_noAllocation @_noLocks @inline(__always)
  func end(_ begin: Int64, in block: WorkerBlock) {
    if begin != 0 { block.note(duration: System.nanoseconds() &- begin) }
  }
}
