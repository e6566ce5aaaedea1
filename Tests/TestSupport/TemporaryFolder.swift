import Glibc

/// A folder that is there as long as the object.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/swiftlet-test-XXXXXX\0".utf8CString.dropLast())
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let made = mkdtemp(buffer.baseAddress!) else { fatalError("no temporary folder") }
      return String(cString: made)
    }
  }

  /// Writes a file in the folder. Returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) -> String {
    let file = "\(path)/\(name)"
    guard let handle = fopen(file, "w") else { fatalError("cannot write \(file)") }
    fputs(text, handle)
    fclose(handle)
    return file
  }

  public func remove(_ name: String) {
    unlink("\(path)/\(name)")
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }
}
