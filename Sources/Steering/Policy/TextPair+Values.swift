import DNSWire

extension TextPair {
  /// The value as a whole number in `range`.
  func integer(_ range: ClosedRange<Int>) throws(ValueProblem) -> Int {
    guard let value = Decimal.integer(text) else {
      // Signs and too many digits are numbers, too, only none that can be meant.
      let digits = text.first == "-" ? text.dropFirst() : text[...]
      let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { $0 &- 0x30 < 10 }
      let bounds = ("\(range.lowerBound)", "\(range.upperBound)")
      throw isNumber ? .outOfRange(shown, bounds.0, bounds.1) : .notInteger(shown, bounds.0, bounds.1)
    }
    guard range.contains(value) else {
      throw .outOfRange(shown, "\(range.lowerBound)", "\(range.upperBound)")
    }
    return value
  }

  /// The value as one of a few words.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type, synonyms: [String: Word] = [:]
  ) throws(ValueProblem) -> Word {
    try word(among: Array(type.allCases), synonyms: synonyms)
  }

  /// The value as one of `words`.
  func word<Word: RawRepresentable<String>>(
    among words: [Word], synonyms: [String: Word] = [:]
  ) throws(ValueProblem) -> Word {
    let text = text
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    let words = words.map(\.rawValue)
    let suggestion = synonyms[text.lowercased()]?.rawValue ?? ClosestWord.to(text, in: words)
    throw .notWord(shown, words, suggestion: suggestion.map { "\(key)=\($0)" })
  }

  /// The value as a whole number and its unit.
  func duration(_ range: ClosedRange<Duration>) throws(ValueProblem) -> Duration {
    let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
    let unit = text[digits.endIndex...]
    guard let number = Decimal.integer(digits) else { throw .notDuration(shown) }
    if unit.isEmpty { throw .noUnit(shown) }
    guard let milliseconds = DurationUnit(rawValue: String(unit))?.milliseconds else {
      throw .notDuration(shown)
    }
    let (total, isTooLong) = number.multipliedReportingOverflow(by: milliseconds)
    let duration = Duration.milliseconds(total)
    guard !isTooLong, range.contains(duration) else {
      throw .outOfRange(
        shown, DurationUnit.text(of: range.lowerBound), DurationUnit.text(of: range.upperBound))
    }
    return duration
  }

  /// The value as an absolute name, with its final dot. `need` is what such a name is called.
  func absoluteName(_ need: String) throws(ValueProblem) -> DomainName {
    let text = text
    guard value.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      // Octets that are meant as they are can be written as escapes, which are ASCII, too.
      throw .malformed(
        shown, "a name in ASCII, with the xn-- form of other letters",
        example: "\(key)=xn--bcher-kva.example.")
    }
    guard text.hasSuffix(".") else { throw .malformed(shown, need, example: "\(shown).") }
    do throws(DomainName.TextError) {
      return try DomainName(text)
    } catch {
      throw .notName(shown, error)
    }
  }

  /// The value as the name of a check or a location: in lower case, as names are compared (RFC 4343).
  func definedName() throws(ValueProblem) -> String {
    guard let name = PolicyPlace.definedName(value) else { throw .notDefinedName(shown) }
    return name
  }
}
