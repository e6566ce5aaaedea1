extension TextPair {
  /// The value as countries with commas between them.
  func countries() throws(AreaProblem) -> [String] {
    try areas { text throws(AreaProblem) in
      guard !Country.codes.contains(text) else { return }
      let upper = text.uppercased()
      let known = Country.mistaken[upper] ?? (Country.codes.contains(upper) ? upper : nil)
      throw .notCountry(shown, suggestion: known, isContinent: Continent.codes.contains(upper))
    }
  }

  /// The value as continents with commas between them.
  func continents() throws(AreaProblem) -> [String] {
    try areas { text throws(AreaProblem) in
      guard !Continent.codes.contains(text) else { return }
      let upper = text.uppercased()
      throw .notContinent(shown, suggestion: Continent.codes.contains(upper) ? upper : Continent.names[upper])
    }
  }

  private func areas(_ check: (String) throws(AreaProblem) -> Void) throws(AreaProblem) -> [String] {
    var areas: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let code = String(part)
      try check(code)
      guard !areas.contains(code) else { throw .twice(code, key) }
      areas.append(code)
    }
    return areas
  }
}
