/// Why a TXT record is not a list of known pairs. Texts are fit to be shown.
enum TextProblem: PolicyProblem {
  /// The lengths of its strings and of its data do not agree.
  case malformed
  case emptyString
  case notAPair(String)
  case unknownKey(String, suggestion: String?, known: [String])
  case missingValue(_ key: String)
  case twice(_ key: String)

  var description: String {
    switch self {
    case .malformed:
      "the data of the TXT record is not a list of strings"
    case .emptyString:
      "an empty string says nothing; write KEY=VALUE or leave it out"
    case .notAPair(let text):
      "\"\(text)\" is not KEY=VALUE; write pairs with spaces between them, "
        + "and no space beside = or after a comma"
    case .unknownKey(let key, let suggestion?, _):
      "\"\(key)\" is not a key; did you mean \(suggestion)=?"
    case .unknownKey(let key, nil, let known):
      "\"\(key)\" is not a key; there are \(known.joined(separator: ", "))"
    case .missingValue(let key):
      "\(key)= has no value; write one right after it, or leave the key out"
    case .twice("member"):
      "a second member= in a record; write each member in a record of its own"
    case .twice(let key):
      "\(key)= is said twice; write it once"
    }
  }
}
