/// Lines for who started the process, apart from the log.
public enum StandardError {
  static let writer = LogWriter(descriptor: 2)

  public static func write(_ line: String) { writer.write(line) }
}
