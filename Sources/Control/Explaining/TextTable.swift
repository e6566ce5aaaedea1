/// Text in columns.
struct TextTable {
  enum Alignment { case left, right }

  private struct Column {
    let cells: [String]
    let alignment: Alignment
  }

  private var columns: [Column] = []

  /// Adds a column; all have as many cells.
  mutating func add(_ title: String, _ cells: [String], alignment: Alignment = .left) {
    columns.append(Column(cells: [title] + cells, alignment: alignment))
  }

  /// The titles and then the rows. Columns stand two spaces apart; no line ends in a space.
  var lines: [String] {
    let widths = columns.map { column in column.cells.map(\.count).max() ?? 0 }
    return (columns.first?.cells ?? []).indices.map { row in
      let cells = zip(columns, widths).map { column, width in
        let gap = String(repeating: " ", count: width - column.cells[row].count)
        return column.alignment == .left ? column.cells[row] + gap : gap + column.cells[row]
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
