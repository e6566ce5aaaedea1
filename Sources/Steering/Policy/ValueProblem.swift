import DNSWire

/// Why a value cannot be what its key needs. The first text is the pair as written, fit to be shown.
enum ValueProblem: PolicyProblem {
  case notInteger(String, _ lowest: String, _ highest: String)
  case outOfRange(String, _ lowest: String, _ highest: String)
  case notWord(String, _ words: [String], suggestion: String?)
  case noUnit(String)
  case notDuration(String)
  case notDefinedName(String)
  case notName(String, DomainName.TextError)
  case boundsOrder(String, _ right: String)
  /// Another form is needed: a name for it, and an example.
  case malformed(String, _ need: String, example: String)

  var description: String {
    switch self {
    case .notInteger(let pair, let lowest, let highest):
      "\"\(pair)\" is not a whole number; it can be \(lowest) to \(highest)"
    case .outOfRange(let pair, let lowest, let highest):
      "\"\(pair)\" is out of range; it can be \(lowest) to \(highest)"
    case .notWord(let pair, _, let suggestion?):
      "\"\(pair)\" is not known; did you mean \(suggestion)?"
    case .notWord(let pair, let words, nil):
      "\"\(pair)\" is not known; it can be \(words.joined(separator: ", "))"
    case .noUnit(let pair):
      "\"\(pair)\" has no unit; write \(pair)s for seconds, or ms, m or h"
    case .notDuration(let pair):
      "\"\(pair)\" is not a duration; write a whole number and its unit, ms, s, m or h, like 500ms or 2s"
    case .notDefinedName(let pair):
      "\"\(pair)\" is not a name that can be defined; names are one label of letters, digits, - and _"
    case .notName(let pair, let error):
      "\"\(pair)\" is not a domain name: \(error)"
    case .boundsOrder(let pair, let right):
      "\"\(pair)\" has its lowest value last; write \(right)"
    case .malformed(let pair, let need, let example):
      "\"\(pair)\" is not \(need); write it like \(example)"
    }
  }
}
