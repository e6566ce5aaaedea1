/// Shows text that changes: in place on a terminal, else one text after the other.
struct LiveDisplay {
  private let descriptor: Int32
  /// Lines on the terminal that the next text takes the place of.
  private var shown = 0
  private var isFirst = true

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// - Throws: it cannot be shown any more.
  mutating func show(_ lines: [String]) throws(SystemError) {
    guard let size = System.terminalSize(descriptor) else {
      guard !lines.isEmpty else { return }
      // A line of its own, as of JSON, needs no gap.
      try write(((isFirst || lines.count == 1 ? [] : [""]) + lines).map { $0 + "\n" }.joined())
      isFirst = false
      return
    }
    let (text, count) = Self.frame(lines, over: shown, size)
    try write(text)
    shown = count
  }

  /// What puts lines in the place of the last `shown` ones, cut where they would not fit: what has scrolled off a
  /// terminal cannot be written again.
  static func frame(
    _ lines: [String], over shown: Int, _ size: (lines: Int, columns: Int)
  ) -> (text: String, count: Int) {
    // The cursor is below the last line.
    let room = max(1, size.lines - 1)
    var shortened = lines
    if lines.count > room {
      shortened = lines.prefix(room - 1) + ["… \(lines.count - room + 1) more lines"]
    }
    let fitting = shortened.map {
      $0.count > size.columns ? $0.prefix(max(0, size.columns - 1)) + "…" : $0[...]
    }
    let back = shown > 0 ? "\u{1b}[\(min(shown, room))A" : ""
    let text = back + fitting.map { $0 + "\u{1b}[K\n" }.joined() + "\u{1b}[J"
    return (text, fitting.count)
  }

  private func write(_ text: String) throws(SystemError) {
    try System.write(Array(text.utf8), to: descriptor, called: "to standard output")
  }
}
