import Health
import Steering

/// What a program says of a member: the first line of its output, and how it ends.
struct ProgramOutput {
  /// How a process ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Octets of the first line that are kept, and of the output that are read at all.
  private static let lineLimit = 1_024
  static let limit = 65_536

  private var line: [UInt8] = []
  private var isLineWhole = false
  private(set) var received = 0

  mutating func receive(_ octets: Span<UInt8>) {
    received += octets.count
    for index in octets.indices where !isLineWhole {
      isLineWhole = octets[index] == 0x0a || line.count == Self.lineLimit
      if !isLineWhole { line.append(octets[index]) }
    }
  }

  /// 0 is success (POSIX.1 §2.8.2), anything else a failure that the program tells of.
  func result(_ end: End) -> ProbeResult {
    let said = String(shown: line)
    switch end {
    case .exit(0): return .success(said.isEmpty ? "exit status 0" : said)
    case .exit(let status):
      return .failure(.reported, "exit status \(status)" + (said.isEmpty ? "" : ": \(said)"))
    case .signal(let number): return .failure(.reported, "killed by signal \(number)")
    }
  }
}
