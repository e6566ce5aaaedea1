import DNSWire

/// What can be wrong with the text of a zone file.
enum ReadingProblem: Error, Equatable {
  // Tokens.
  case controlCharacter(UInt8)
  case strayParenthesis
  case unclosedParenthesis
  case unclosedQuote
  case escapedLineEnd

  // Records.
  case noOwnerYet
  case quoted(what: String)
  case name(text: String, DomainName.TextError)
  case missingType
  case unknownType(text: String, suggestion: String?)
  case typeNotForData(String)
  case otherClass(text: String)
  case ttl(text: String)
  case ttlTooLarge(text: String)
  case twice(what: String, text: String)

  // RDATA.
  case missingField(name: String, form: String)
  case surplus(text: String, form: String)
  case field(text: String, name: String, type: String, kind: FieldKind)
  case fieldTooLong(name: String, limit: Int)
  case stringTooLong
  case malformedEscape
  case dataTooLong
  case onlyGeneric(type: String)
  case genericLength(text: String)
  case genericMismatch(stated: Int, found: Int)
  case genericMalformed(type: String)
  case parameter(ServiceParameter.ParameterError)

  // Directives.
  case unknownDirective(text: String)
  case indentedDirective(text: String)
  case missingArgument(form: String)
  case surplusArgument(text: String, form: String)
  case includePath(text: String)
  case includeUnreadable(path: String, reason: String)
  case includeLoop(path: String)
  case includeTooDeep(limit: Int)
  case tooManyFiles(limit: Int)
  case generateRange(text: String)
  case generateTooLarge(limit: Int)
  case generateModifier(text: String)
  case generateNegative(value: Int)
  indirect case generated(value: Int, ReadingProblem)
}
