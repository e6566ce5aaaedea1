import DNSWire
import Steering
import TestSupport
import Testing

@testable import Health

/// What is kept over a restart.
struct StateFileTests {
  private static func text(_ random: inout SplitMix64) -> String {
    let alphabet: [Unicode.Scalar] = [
      "a", "Z", " ", "\\", "\n", "\r", "=", ":", "/", "é", "\u{0}", "\u{301}", "🐦",
    ]
    let count = Int.random(in: 0...6, using: &random)
    return String(String.UnicodeScalarView((0..<count).map { _ in alphabet.randomElement(using: &random)! }))
  }

  private static func time(_ random: inout SplitMix64) -> WallTime {
    WallTime(nanoseconds: Int64(truncatingIfNeeded: random.next()))
  }

  private static func identity(_ random: inout SplitMix64) -> Member.Identity {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .address(IPAddress(v4: UInt32(truncatingIfNeeded: random.next())))
    case 1: .address(IPAddress(v6High: random.next(), low: random.next()))
    default:
      .target(DomainName.root.prepending((0..<5).map { _ in UInt8(truncatingIfNeeded: random.next()) })!)
    }
  }

  private static func order(_ random: inout SplitMix64) -> Override.Order {
    [.drain, .down, .up, .weight(UInt32.random(in: 0...1_000_000, using: &random))]
      .randomElement(using: &random)!
  }

  private static func state(_ random: inout SplitMix64, upTo count: Int = 8) -> SavedState {
    var state = SavedState(at: time(&random))
    let checks = (0..<3).map { _ in EscapedText.word(text(&random)) + " b=c" }
    for _ in 0..<Int.random(in: 0..<count, using: &random) {
      var target = SavedTarget(
        check: checks.randomElement(using: &random)!, subject: identity(&random),
        measured: [.unknown, .up, .down].randomElement(using: &random)!,
        administration: LoadReport.Word.allCases.randomElement(using: &random)!, since: time(&random),
        heard: time(&random),
        reason: Reason(Reason.Kind.allCases.randomElement(using: &random)!, text(&random)),
        isSucceeding: Bool.random(using: &random), streak: UInt16.random(in: 1 ... .max, using: &random))
      if Bool.random(using: &random) { target.responseTime = Double.random(in: 0.001...1e9, using: &random) }
      if Bool.random(using: &random) { target.weight = Int.random(in: 0...25_600, using: &random) }
      if Bool.random(using: &random) { target.slowStart = time(&random) }
      state.targets.append(target)
    }
    for _ in 0..<Int.random(in: 0...count / 2, using: &random) {
      let owner = Bool.random(using: &random) ? DomainName.root.prepending(text(&random).utf8) : nil
      try? state.overrides.set(
        Override(
          order(&random), of: Override.Scope(identity(&random), of: owner), since: time(&random),
          until: Bool.random(using: &random) ? time(&random) : nil, reason: text(&random),
          author: text(&random)))
    }
    return state
  }

  @Test func whatIsWrittenIsRead() throws {
    var random = SplitMix64.random()
    for _ in 0..<300 {
      let state = Self.state(&random)
      let octets = StateFile.encode(state)
      #expect(octets.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) }, "seed \(random.seed)")
      #expect(try StateFile.decode(octets) == state, "seed \(random.seed)")
    }
  }

  /// As its end is missing, wherever that is.
  @Test func aFileThatIsCutIsNoFile() {
    var random = SplitMix64.random()
    let octets = StateFile.encode(Self.state(&random))
    for length in octets.indices {
      #expect(throws: StateFileError.truncated, "seed \(random.seed)") {
        try StateFile.decode(Array(octets[..<length]))
      }
    }
  }

  @Test(
    arguments: [
      ("something else\n", .notAStateFile), ("", .truncated),
      ("swiftlet-state 2\nanything", .newerVersion(2)),
      ("swiftlet-state 0\n", .damaged), ("swiftlet-state 1\ntime 5\nend 0\n", .damaged),
    ] as [(String, StateFileError)])
  func otherFilesAreRefused(text: String, error: StateFileError) {
    #expect(throws: error) { try StateFile.decode(Array(text.utf8)) }
  }

  /// With a right checksum.
  private static func sealed(_ text: [UInt8]) -> [UInt8] {
    text + Array("end \(String(StateFile.checksum(text), radix: 16))\n".utf8)
  }

  @Test(arguments: [
    ("", 2), ("time 1 2\n", 2), ("time x\n", 2), ("time 1\nrubbish\n", 3),
    ("time 1\ntarget 0 192.0.2.1 up ready since=1 heard=1 successes=1 reason=success:\n", 3),
    ("time 1\ncheck a\ntarget 0 192.0.2.1 up ready since=1 heard=1 successes=0 reason=success:\n", 4),
    ("time 1\ncheck a\ntarget 0 192.0.2.1 up ready since=1 heard=1 successes=1 reason=success: x\n", 4),
    ("time 1\ncheck a\ntarget 0 192.0.2.1 over ready since=1 heard=1 successes=1 reason=success:\n", 4),
    ("time 1\noverride 192.0.2.1 weight=1000001 since=1 reason= author=\n", 3),
  ])
  func malformedLinesAreRefused(lines: String, line: Int) {
    #expect(throws: StateFileError.malformed(line: line)) {
      try StateFile.decode(Self.sealed(Array("swiftlet-state 1\n\(lines)".utf8)))
    }
  }

  /// Neither a damaged file nor a wrong one with the right checksum does more than be refused, and what is taken can be
  /// written and used.
  @Test func mutatedFiles() {
    var random = SplitMix64.random()
    var taken = 0
    var octets: [UInt8] = []
    for count in 0..<10_000 {
      if count % 100 == 0 { octets = StateFile.encode(Self.state(&random, upTo: 3)) }
      let end = octets.dropLast().lastIndex(of: 0x0a)! + 1
      let isSealed = Int.random(in: 0..<4, using: &random) > 0
      var mutated = isSealed ? Array(octets[..<end]) : octets
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = mutated.indices.randomElement(using: &random)!
        switch Int.random(in: 0..<4, using: &random) {
        case 0: mutated[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: mutated.remove(at: index)
        case 2: mutated.insert(Array("0123456789 \n=\\-:/.".utf8).randomElement(using: &random)!, at: index)
        default: mutated[index] = mutated.randomElement(using: &random)!
        }
      }
      if isSealed { mutated = Self.sealed(mutated) }
      guard mutated != octets, let state = try? StateFile.decode(mutated) else { continue }
      #expect(isSealed, "seed \(random.seed)")
      #expect((try? StateFile.decode(StateFile.encode(state))) == state, "seed \(random.seed)")
      taken += 1
    }
    #expect(taken > 100)
  }
}
