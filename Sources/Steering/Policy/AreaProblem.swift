/// Why a value is not a list of countries or continents. The first text is the pair as written, fit to be
/// shown.
enum AreaProblem: PolicyProblem {
  case notCountry(String, suggestion: String?, isContinent: Bool)
  case notContinent(String, suggestion: String?)
  case twice(_ code: String, _ key: String)

  var description: String {
    switch self {
    case .notCountry(let pair, let suggestion?, _):
      "\"\(pair)\" is not a list of country codes (ISO 3166-1, upper case); did you mean \(suggestion)?"
    case .notCountry(let pair, nil, true):
      "\"\(pair)\" has a continent in it; write it with continent="
    case .notCountry(let pair, nil, false):
      "\"\(pair)\" is not a list of country codes (ISO 3166-1, upper case); write it like country=DE,AT"
    case .notContinent(let pair, let suggestion?):
      "\"\(pair)\" is not a list of continents; did you mean \(suggestion)?"
    case .notContinent(let pair, nil):
      "\"\(pair)\" is not a list of continents; there are \(Continent.codes.joined(separator: ", "))"
    case .twice(let code, let key):
      "\(key)= has \(code) twice; write it once"
    }
  }
}
