/// Why a part of `steer=` is no stage. Texts are as written, fit to be shown.
enum StageProblem: PolicyProblem {
  /// Two commas in a row, or one at an end.
  case empty
  case unknown(String, suggestion: String?)
  case takesNothing(_ name: String, String)
  case nearest(String)
  case hash(String)
  case shed(String)
  case shedOrder(String)

  var description: String {
    switch self {
    case .empty:
      "steer= has an empty stage; write stages with one comma between them, like steer=up,tier,weighted"
    case .unknown(let text, let suggestion?):
      "\"\(text)\" is not a stage; did you mean \(suggestion)?"
    case .unknown(let text, nil):
      "\"\(text)\" is not a stage; there are \(Stage.names.joined(separator: ", "))"
    case .takesNothing(let name, let text):
      "\"\(text)\": stage \(name) takes nothing after it; write \(name)"
    case .nearest(let text):
      "\"\(text)\": nearest takes how many locations to keep, 1 to 1000; write nearest:2"
    case .hash(let text):
      "\"\(text)\": hash takes what to follow, and then bounded or nothing; "
        + "write hash:client, hash:name, hash:client:bounded or hash:name:bounded"
    case .shed(let text):
      "\"\(text)\": shed takes two marks of load, 0% to 100%; write shed:70%..90%"
    case .shedOrder(let text):
      "\"\(text)\": the first mark of shed must be below the second; write shed:70%..90%"
    }
  }
}
