import Health
import TestSupport

@testable import Probing

extension Exchange {
  /// The result when `input` comes in, in pieces of at most as many octets as `size` says, and then the end;
  /// with all that was sent.
  mutating func run(_ input: [UInt8], pieces size: () -> Int) -> (result: ProbeResult, sent: [UInt8]) {
    var sent: [UInt8] = []
    var rest = input[...]
    var step = open()
    while true {
      switch step {
      case .wait: break
      case .send(let octets): sent += octets
      case .finish(let result): return (result, sent)
      case .finishAfter(let octets, let result): return (result, sent + octets)
      case .askOverStream: return (.failure(.local, "over a stream"), sent)
      }
      guard !rest.isEmpty else { return (end(), sent) }
      let piece = Array(rest.prefix(size()))
      rest = rest.dropFirst(piece.count)
      step = receive(piece.span)
    }
  }
}

/// Checks that an exchange makes the same of all ways to cut its input into pieces.
func resultOfAllCuts(
  _ exchange: any Exchange, _ input: [UInt8], using random: inout SplitMix64
) -> ProbeResult? {
  var whole = exchange
  var single = exchange
  var cut = exchange
  let result = whole.run(input) { .max }.result
  let other = single.run(input) { 1 }.result
  let third = cut.run(input) { .random(in: 1...20, using: &random) }.result
  return result == other && result == third ? result : nil
}

/// The octets with a few of them changed, left out, doubled or put in.
func mutated(_ octets: [UInt8], using random: inout SplitMix64) -> [UInt8] {
  var octets = octets
  for _ in 0..<Int.random(in: 1...6, using: &random) {
    let index = Int.random(in: 0...octets.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0 where index < octets.count: octets[index] = .random(in: 0...255, using: &random)
    case 1 where index < octets.count: octets.remove(at: index)
    case 2: octets.insert("\r\n :;,=%0\0\u{ff}".utf8.randomElement(using: &random)!, at: index)
    case 3:
      let end = min(octets.count, index + .random(in: 0...20, using: &random))
      octets.insert(contentsOf: octets[index..<end], at: index)
    default: octets = Array(octets[..<index])
    }
  }
  return octets
}
