import Glibc

/// What Linux tells of how long a thread's turns on a core are.
public enum ThreadTurn {
  /// Whether it tells, and has threads choose: since 6.12.
  public static let isKnown: Bool = {
    var name = utsname()
    guard uname(&name) == 0, access("/proc/thread-self/sched", R_OK) == 0 else { return false }
    let release = withUnsafeBytes(of: name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let numbers = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return !numbers.lexicographicallyPrecedes([6, 12])
  }()

  /// In nanoseconds; nil: it cannot be read.
  ///
  /// - Parameter thread: its folder in /proc.
  public static func length(of thread: String) -> Int? {
    guard let file = fopen("\(thread)/sched", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let words = text.split { " :\n".contains($0) }
      if words.first == "se.slice" { return words.last.flatMap { Int($0) } }
    }
    return nil
  }
}
