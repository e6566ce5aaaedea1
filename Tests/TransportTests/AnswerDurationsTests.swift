import Testing

@testable import Transport

@Suite struct AnswerDurationsTests {
  /// Each duration is below its bucket's end and not below that of the one before.
  @Test func bucketsAreBetweenTheirEnds() {
    let ends = AnswerDurations.ends
    #expect(ends.count == AnswerDurations.bucketCount - 1)
    for duration in ends.flatMap({ [$0 - 1, $0, $0 + 1] }) + [0, 1, .max] {
      let bucket = AnswerDurations.bucket(of: duration)
      if bucket < ends.count { #expect(duration < ends[bucket]) }
      if bucket > 0 { #expect(duration >= ends[bucket - 1]) }
    }
  }

  @Test func workersNoteThem() {
    let blocks = WorkerBlocks(count: 2)
    for duration in [100, 200, 200, -5, 1 << 40] as [Int64] { blocks[1].note(duration: duration) }
    var durations = blocks[1].durations
    #expect(durations.counts[0] == 2)
    #expect(durations.counts[1] == 2)
    #expect(durations.counts.last == 1)
    #expect(durations.sum == 500 + 1 << 40)
    #expect(blocks[0].durations == AnswerDurations())
    durations += blocks[1].durations
    #expect(durations.counts[1] == 4)
    // The other words of the block are left alone.
    #expect(!blocks[1].isStopping && Counter.allCases.allSatisfy { blocks[1].value(of: $0) == 0 })
  }

  @Test func oneOfManyIsTimed() {
    var timer = AnswerTimer()
    let timed = (0..<AnswerDurations.interval * 10).filter { _ in timer.begin() != 0 }
    #expect(timed == (0..<10).map { $0 * AnswerDurations.interval })
  }
}
