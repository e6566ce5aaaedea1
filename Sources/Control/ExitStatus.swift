/// What the process says to who started it. The numbers that have one are those of sysexits.h.
public enum ExitStatus: Int32, Sendable {
  case success = 0
  /// `check`: a zone has errors. `serve`: the server could not start. `explain`, `simulate`, `diff`: there is no answer.
  case failure = 1
  /// The command line is wrong (EX_USAGE, which the argument parser uses itself).
  case usage = 64
  /// The configuration file has errors (EX_CONFIG).
  case badConfiguration = 78
}
