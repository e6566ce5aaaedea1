/// What is wrong with the `_check` records of a name. Texts are fit to be shown.
enum CheckProblem: PolicyProblem {
  case exec
  case noType(String, [CheckDefinition.Kind])
  case noCommand(String)
  case unusedCommand(CheckDefinition.Kind)
  case noPort(String, CheckDefinition.Kind)
  case noQuery(String)
  case noHost(String)
  case noEffect(CheckKey, CheckDefinition.Kind)
  case timeoutAboveInterval(_ timeout: String, _ interval: String)
  case bodyOfHead
  case unusedAuthorities
  case answerOfFailure

  var description: String {
    switch self {
    case .exec:
      "type=exec runs a program of the server, so such a check belongs in the server's configuration file"
    case .noType(let name, let kinds):
      "check \(name) has no type=; it can be " + kinds.map(\.rawValue).joined(separator: ", ")
    case .noCommand(let name):
      "check \(name) has no command=; write the program's path and its arguments, "
        + "like command=[/usr/local/bin/probe, --quick]"
    case .unusedCommand(let kind):
      "command= has no effect on a check of type \(kind.rawValue); write type=exec, or leave it out"
    case .noPort(let name, let kind):
      "check \(name) has no port=, and type \(kind.rawValue) has none by default; write port=NUMBER"
    case .noQuery(let name):
      "check \(name) has no query=; write the name to ask for, like query=www.example.com."
    case .noHost(let name):
      "check \(name) has no host=, the name that certificates are verified for; "
        + "write one, like host=www.example.com, or verify=off"
    case .noEffect(let key, let kind):
      "\(key.rawValue)= has no effect on a check of type \(kind.rawValue), which takes "
        + CheckKey.allCases.filter(kind.keys.contains).map(\.rawValue).joined(separator: ", ")
    case .timeoutAboveInterval(let timeout, let interval):
      "timeout=\(timeout) is above the interval of \(interval); write a timeout of at most \(interval)"
    case .bodyOfHead:
      "body= has no effect with method=HEAD, whose responses have no content; write method=GET"
    case .unusedAuthorities:
      "ca= has no effect with verify=off; leave one of them out"
    case .answerOfFailure:
      "answer= has no effect with an rcode= other than NOERROR; leave one of them out"
    }
  }
}
