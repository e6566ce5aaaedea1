extension ReadingProblem: CustomStringConvertible {
  /// What is wrong and what would be right, as one sentence without a full stop.
  var description: String {
    switch self {
    case .controlCharacter(0):
      "a NUL octet; zone files are plain text in ASCII or UTF-8"
    case .controlCharacter(let octet):
      "control character \(octet); write it as \\\(Self.threeDigits(octet)) if it is meant"
    case .strayParenthesis:
      "a closing parenthesis without an opening one before it"
    case .unclosedParenthesis:
      "this parenthesis is never closed; all lines after it belong to its record"
    case .unclosedQuote:
      "this quote is never closed; write a quote within a string as \\\""
    case .escapedLineEnd:
      "a backslash at the end of a line; use parentheses to go on in the next line"

    case .noOwnerYet:
      "a line that begins with space has the owner of the record before it, and there is none; "
        + "write the owner in the first column, such as @ for the origin"
    case .quoted(let what):
      "\(what) cannot be a quoted string; write it without quotes"
    case .name(let text, let error):
      "\"\(text)\" is not a domain name: \(error)"
    case .missingType:
      "the record ends before its type; write: OWNER [TTL] [IN] TYPE DATA"
    case .unknownType(let text, let suggestion?):
      "\"\(text)\" is not a record type; \(suggestion)"
    case .unknownType(let text, nil):
      "\"\(text)\" is not a record type; "
        + "types that have no name here are written like TYPE65280 \\# 4 0a000001"
    case .typeNotForData(let type):
      "\(type) is for messages; a zone cannot hold records of it"
    case .otherClass(let text):
      "class \(text) is not served; only IN is"
    case .ttl(let text):
      "\"\(text)\" is not a TTL; write seconds, or numbers with the units w, d, h, m and s, like 1h30m"
    case .ttlTooLarge(let text):
      "TTL \(text) is above 2147483647 seconds"
    case .twice(let what, let text):
      "\"\(text)\" is a second \(what); a record has one"

    case .missingField, .surplus, .field, .fieldTooLong, .stringTooLong, .malformedEscape, .dataTooLong,
      .onlyGeneric, .genericLength, .genericMismatch, .genericMalformed, .parameter:
      dataDescription
    case .unknownDirective, .indentedDirective, .missingArgument, .surplusArgument, .includePath,
      .includeUnreadable,
      .includeLoop, .includeTooDeep, .tooManyFiles, .generateRange, .generateTooLarge, .generateModifier,
      .generateNegative, .generated:
      directiveDescription
    }
  }

  private var dataDescription: String {
    switch self {
    case .missingField(let name, let form):
      "the record ends before its \(name); write: \(form)"
    case .surplus(let text, let form):
      "\"\(text)\" is more than the record can hold; write: \(form)"
    case .field(let text, _, _, let kind) where kind == .ipv4Address || kind == .ipv6Address:
      "\"\(text)\" is not \(kind.noun)"
    case .field(let text, let name, let type, let kind):
      "\(name) \"\(text)\" of \(type) is not \(kind.noun)"
    case .fieldTooLong(let name, let limit):
      "the \(name) is longer than \(limit) octets"
    case .stringTooLong:
      "a character string is longer than 255 octets; split it into several quoted strings"
    case .malformedEscape:
      "a backslash needs a character that is not a digit, or three digits up to 255, after it"
    case .dataTooLong:
      "the data of the record is longer than 65535 octets"
    case .onlyGeneric(let type):
      "the data of \(type) has no form of its own; write: \(type) \\# LENGTH HEXADECIMAL"
    case .genericLength(let text):
      "\"\(text)\" is not a length; after \\# write how many octets follow, 0 to 65535, "
        + "and then those as hexadecimal"
    case .genericMismatch(let stated, let found):
      "\\# says \(stated) octets, \(found) follow"
    case .genericMalformed(let type):
      "the octets are not the data of a record of type \(type)"
    case .parameter(let error):
      "\(error)"
    default:
      ""
    }
  }

  private var directiveDescription: String {
    switch self {
    case .unknownDirective(let text):
      "\"\(text)\" is not a directive; there are $ORIGIN, $TTL, $INCLUDE and $GENERATE "
        + "(an owner that begins with $ is written \\$)"
    case .indentedDirective(let text):
      "directive \(text) must begin in the first column"
    case .missingArgument(let form):
      "the directive ends too early; write: \(form)"
    case .surplusArgument(let text, let form):
      "\"\(text)\" is more than the directive takes; write: \(form)"
    case .includePath(let text):
      "\"\(text)\" is not the path of a file"
    case .includeUnreadable(let path, let reason):
      "cannot read \(path): \(reason)"
    case .includeLoop(let path):
      "\(path) includes itself, directly or by another file"
    case .includeTooDeep(let limit):
      "files are included in one another deeper than \(limit) levels"
    case .tooManyFiles(let limit):
      "more than \(limit) files are included"
    case .generateRange(let text):
      "\"\(text)\" is not a range; write START-STOP or START-STOP/STEP, like 1-254 or 0-30/2"
    case .generateTooLarge(let limit):
      "the range has more than \(limit) values; split it or write the records out"
    case .generateModifier(let text):
      "\"\(text)\" is not a modifier; write ${OFFSET,WIDTH,BASE}, like ${-1,3,d}, "
        + "with a base of d, o, x, X, n or N and a width up to 255"
    case .generateNegative(let value):
      "the offset makes a value negative: \(value)"
    case .generated(let value, let problem):
      "for the value \(value): \(problem)"
    default:
      ""
    }
  }

  private static func threeDigits(_ octet: UInt8) -> String {
    let digits = String(octet)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
