import TestSupport
import Testing

@testable import DNSWire

/// A name buffer does what a plain list of labels does.
@Suite struct NameBufferTests {
  /// A name as its labels, lower-cased, the leftmost first.
  struct Model: Hashable {
    var labels: [[UInt8]]

    init(_ labels: [[UInt8]]) {
      self.labels = labels.map { $0.map { (0x41...0x5a).contains($0) ? $0 + 32 : $0 } }
    }

    var octets: [UInt8] { labels.flatMap { [UInt8($0.count)] + $0 } + [0] }

    func suffix(_ count: Int) -> Model { Model(Array(labels.suffix(count))) }
  }

  /// Takes a name in from the middle of other octets.
  private func load(_ octets: [UInt8], _ name: inout NameBuffer, before: Int = 0, after: Int = 0) -> Int? {
    let message = [UInt8](repeating: 0xee, count: before) + octets + [UInt8](repeating: 0xdd, count: after)
    return name.load(from: message.span.octets, at: before)
  }

  private func wire(_ labels: [[UInt8]]) -> [UInt8] { labels.flatMap { [UInt8($0.count)] + $0 } + [0] }

  private func expect(_ name: borrowing NameBuffer, is model: Model, _ comment: Comment) {
    #expect(name.length == model.octets.count, comment)
    #expect(name.labelCount == model.labels.count, comment)
    var octets: [UInt8] = []
    for position in 0..<name.length { octets.append(name.octet(at: position)) }
    #expect(octets == model.octets, comment)
    for labels in 0...model.labels.count {
      let offset = name.offset(ofSuffix: labels)
      #expect(offset == model.octets.count - model.suffix(labels).octets.count, comment)
      #expect(UInt8(truncatingIfNeeded: name.octets8(at: offset)) == octets[offset], comment)
    }
  }

  /// A random name of at most 255 octets, its labels from few letters so that suffixes come again.
  private func randomLabels(_ random: inout SplitMix64) -> [[UInt8]] {
    var labels: [[UInt8]] = []
    var length = 1
    let longest = [1, 1, 3, 8, 16, 63].randomElement(using: &random)!
    for _ in 0..<Int.random(in: 0...127, using: &random) {
      let size = Int.random(in: 1...longest, using: &random)
      guard length + size + 1 <= 255 else { break }
      length += size + 1
      labels.append(
        (0..<size).map { _ in
          Bool.random(using: &random)
            ? Array("abAB".utf8).randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
        })
    }
    return labels
  }

  @Test func randomNames() {
    var random = SplitMix64.random()
    var hashes: [Model: UInt64] = [:]
    var name = NameBuffer()
    var spelled = NameBuffer()
    for round in 0..<200 {
      let labels = randomLabels(&random)
      let model = Model(labels)
      let octets = wire(labels)
      let comment: Comment = "seed \(random.seed), round \(round)"
      let before = Int.random(in: 0...20, using: &random)
      // How much stands behind decides how the last octets are read.
      let end = load(octets, &name, before: before, after: Int.random(in: 0...12, using: &random))
      #expect(end == before + octets.count, comment)
      expect(name, is: model, comment)

      spelled.begin()
      for octet in octets { spelled.append(octet: octet) }
      spelled.end()
      expect(spelled, is: model, comment)

      for count in 0...labels.count {
        let suffix = model.suffix(count)
        #expect(spelled.hash(ofSuffix: count) == name.hash(ofSuffix: count), comment)
        #expect(hashes[suffix, default: name.hash(ofSuffix: count)] == name.hash(ofSuffix: count), comment)
        hashes[suffix] = name.hash(ofSuffix: count)
      }
    }
    // 64 bits for some thousand names: two that are equal would be a defect of the hash, not an accident.
    #expect(hashes.count > 1000, "seed \(random.seed)")
    #expect(Set(hashes.values).count == hashes.count, "seed \(random.seed)")
  }

  @Test func suffixes() {
    var random = SplitMix64.random()
    var one = NameBuffer()
    var other = NameBuffer()
    for round in 0..<400 {
      let labels = randomLabels(&random)
      // Half of the time a name with a common suffix, which may be cut short or have one octet changed.
      var otherLabels = randomLabels(&random)
      if Bool.random(using: &random) {
        otherLabels = Array(labels.suffix(Int.random(in: 0...labels.count, using: &random)))
        if Bool.random(using: &random), !otherLabels.isEmpty {
          let index = otherLabels.indices.randomElement(using: &random)!
          let place = otherLabels[index].indices.randomElement(using: &random)!
          otherLabels[index][place] ^= 0x20
        }
        if Bool.random(using: &random), wire(otherLabels).count <= 253 { otherLabels.insert([0x78], at: 0) }
      }
      let comment: Comment = "seed \(random.seed), round \(round)"
      #expect(load(wire(labels), &one) != nil, comment)
      #expect(load(wire(otherLabels), &other) != nil, comment)
      let model = Model(labels)
      let otherModel = Model(otherLabels)
      for count in 0...labels.count {
        #expect(
          one.hasSuffix(other, at: one.offset(ofSuffix: count)) == (model.suffix(count) == otherModel),
          comment)
      }
      for count in 0...otherLabels.count {
        let suffix = otherModel.suffix(count)
        #expect(
          one.hasSuffix(of: other, at: other.offset(ofSuffix: count)) == (model.suffix(count) == suffix),
          comment)
      }
    }
  }

  static let nameSizes: [(labels: [Int], isTaken: Bool)] = [
    ([], true),
    ([63], true),
    ([1], true),
    (Array(repeating: 1, count: 127), true),
    (Array(repeating: 1, count: 128), false),
    ([2] + Array(repeating: 1, count: 126), false),
    ([63, 63, 63, 61], true),
    ([63, 63, 63, 62], false),
    ([61, 63, 63, 63], true),
    ([62, 63, 63, 63], false),
    ([63, 63, 63, 63], false),
    ([63, 63, 63, 59, 1], true),
    ([63, 63, 63, 60, 1], false),
  ]

  @Test(arguments: nameSizes)
  func limits(_ sizes: [Int], _ isTaken: Bool) {
    let labels = sizes.map { [UInt8](repeating: UInt8(ascii: "Q"), count: $0) }
    let octets = wire(labels)
    var name = NameBuffer()
    for after in [0, 1, 9] {
      #expect(load(octets, &name, after: after) == (isTaken ? octets.count : nil))
      if isTaken { expect(name, is: Model(labels), "\(sizes)") }
    }
  }

  /// Every length of label, at every place of a word.
  @Test func labelLengths() {
    var name = NameBuffer()
    for first in 1...63 {
      for second in [0, 1, 2, 3, 4, 5, 6, 7, 8, 63] {
        let labels = [first, second].filter { $0 > 0 }.map {
          [UInt8](repeating: UInt8(ascii: "Z"), count: $0)
        }
        #expect(load(wire(labels), &name) == wire(labels).count)
        expect(name, is: Model(labels), "\(first) \(second)")
      }
    }
  }

  /// Only A to Z change, wherever they stand.
  @Test func letterCase() {
    var name = NameBuffer()
    for octet in UInt8.min...UInt8.max {
      for place in 0..<9 {
        var label = [UInt8](repeating: UInt8(ascii: "-"), count: 9)
        label[place] = octet
        #expect(load(wire([label]), &name) == 11)
        expect(name, is: Model([label]), "octet \(octet) at \(place)")
      }
    }
  }

  static let malformedNames: [[UInt8]] = [
    [],
    [1],
    [1, 0x61],
    [3, 0x61, 0x62, 0],
    [0xc0, 0x0c],
    [0xc0],
    [1, 0x61, 0xc0, 0x00],
    [1, 0x61, 0xff, 0],
    [0x40, 0, 0],
    [0x80, 0, 0],
    [1, 0x61, 64] + [UInt8](repeating: 0x61, count: 64) + [0],
    [63] + [UInt8](repeating: 0x61, count: 63),
  ]

  @Test(arguments: malformedNames)
  func malformed(_ octets: [UInt8]) {
    var name = NameBuffer()
    #expect(load(octets, &name) == nil)
    #expect(load(octets, &name, before: 13) == nil)
    // What was refused leaves nothing behind that a later name would show.
    #expect(load([3, 0x61, 0x42, 0x63, 0], &name) == 5)
    expect(name, is: Model([Array("abc".utf8)]), "after \(octets)")
  }

  /// The answer for octets at random is that of a parser written by the book.
  @Test func randomOctets() {
    var random = SplitMix64.random()
    var name = NameBuffer()
    var taken = 0
    for round in 0..<20_000 {
      let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...(Int.random(in: 0..<4, using: &random) == 0 ? 255 : 5), using: &random)
      }
      let start = Int.random(in: 0...octets.count, using: &random)
      var labels: [[UInt8]]? = []
      var end = start
      while true {
        guard end < octets.count, octets[end] < 64 else {
          labels = nil
          break
        }
        let size = Int(octets[end])
        if size == 0 { break }
        guard end + size < octets.count else {
          labels = nil
          break
        }
        labels?.append(Array(octets[end + 1...end + size]))
        end += size + 1
      }
      let comment: Comment = "seed \(random.seed), round \(round)"
      #expect(name.load(from: octets.span.octets, at: start) == labels.map { _ in end + 1 }, comment)
      if let labels {
        expect(name, is: Model(labels), comment)
        taken += 1
      }
    }
    #expect(taken > 1000, "seed \(random.seed)")
  }

  /// More octets than a name can have are dropped, not written elsewhere.
  @Test func overlong() {
    var name = NameBuffer()
    name.begin()
    for _ in 0..<2000 { name.append(octet: 1) }
    #expect(name.length == 255)
    #expect(load([0], &name) == 1)
    expect(name, is: Model([]), "the root")
  }
}
