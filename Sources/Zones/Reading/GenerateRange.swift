/// The values of a `$GENERATE`: `START-STOP` or `START-STOP/STEP`.
struct GenerateRange {
  let values: StrideThrough<Int>
  let count: Int

  /// Nil when the text is no range, or one that ends before it starts.
  init?(_ text: Span<UInt8>) {
    var dash: Int?
    var slash = text.count
    for index in 0..<text.count {
      if text[index] == UInt8(ascii: "-"), dash == nil { dash = index }
      if text[index] == UInt8(ascii: "/") { slash = min(slash, index) }
    }
    guard let dash, dash < slash,
      let start = Int32(decimal: text.extracting(0..<dash)),
      let stop = Int32(decimal: text.extracting(dash + 1..<slash)),
      start <= stop
    else { return nil }
    var step: Int32 = 1
    if slash < text.count {
      guard let stated = Int32(decimal: text.extracting(slash + 1..<text.count)), stated > 0 else {
        return nil
      }
      step = stated
    }
    values = stride(from: Int(start), through: Int(stop), by: Int(step))
    count = (Int(stop) - Int(start)) / Int(step) + 1
  }
}
