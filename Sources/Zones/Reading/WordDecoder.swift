/// Decodes octets from text that may be spread over several words.
protocol WordDecoder {
  /// What a field is called that is written so.
  static var kind: FieldKind { get }

  /// Whether the words so far may be all.
  var isComplete: Bool { get }

  init()

  /// Appends the octets of one word; false when they cannot be read.
  mutating func decode(_ word: Span<UInt8>, into data: inout RDataBuffer) -> Bool
}
