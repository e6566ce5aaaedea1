extension Duration {
  /// Reads a whole number and its unit, as policies have it: `500ms`, `2h`. Nil where it is nothing of the kind.
  package init?(written text: String) {
    let pair = TextPair(key: "", value: Array(text.utf8))
    guard let duration = try? pair.duration(.zero ... .seconds(Int64.max / 1_000)) else { return nil }
    self = duration
  }

  /// In the largest unit that needs no fraction.
  package var written: String { DurationUnit.text(of: self) }
}
