/// Why a state file cannot be used.
public enum StateFileError: Error, Equatable, Sendable, CustomStringConvertible {
  case notAStateFile
  /// A later version of the server wrote it.
  case newerVersion(Int)
  /// It ends too early.
  case truncated
  /// Its checksum is another.
  case damaged
  /// Its checksum is right, but not what the line says; counted from 1.
  case malformed(line: Int)

  public var description: String {
    switch self {
    case .notAStateFile: "it is not a state file"
    case .newerVersion(let version):
      "it is of version \(version), and this server writes \(StateFile.version)"
    case .truncated: "its end is missing"
    case .damaged: "its checksum is wrong"
    case .malformed(let line): "line \(line) is malformed"
    }
  }
}
