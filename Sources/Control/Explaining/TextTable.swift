/// Rows of text in columns.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// - Parameter alignments: of the columns.
  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ row: [String]) { rows.append(row) }

  /// Columns stand two spaces apart; no line ends in a space.
  var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + gap : gap + row[column]
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
