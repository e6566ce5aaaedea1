extension Collection<String> {
  /// The first few and how many there are besides, in one line: `a, b, c and 4 more`.
  var listed: String {
    let shown = prefix(4)
    let more = count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
