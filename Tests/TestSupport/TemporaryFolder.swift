import Glibc

/// A folder that is there as long as the object, which everybody may read.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/swiftlet-test-XXXXXX\0".utf8CString.dropLast())
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let made = mkdtemp(buffer.baseAddress!) else { fatalError("no temporary folder") }
      return String(cString: made)
    }
    chmod(path, 0o755)
  }

  /// Writes a file whole, as a careful administrator would: aside, then into place. Returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) -> String { write(name, octets: Array(text.utf8)) }

  @discardableResult
  public func write(_ name: String, octets: [UInt8]) -> String {
    let file = "\(path)/\(name)"
    let aside = "\(file).new"
    guard let handle = fopen(aside, "w") else { fatalError("cannot write \(aside)") }
    fwrite(octets, 1, octets.count, handle)
    fclose(handle)
    guard rename(aside, file) == 0 else { fatalError("cannot write \(file)") }
    return file
  }

  public func makeFolder(_ name: String) {
    guard mkdir("\(path)/\(name)", 0o755) == 0 else { fatalError("cannot make \(path)/\(name)") }
  }

  public func remove(_ name: String) { unlink("\(path)/\(name)") }

  /// The text of a file; nil: it cannot be opened.
  public func read(_ name: String) -> String? {
    octets(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What is in a file; nil: it cannot be opened.
  public func octets(_ name: String) -> [UInt8]? {
    guard let handle = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(handle) }
    var octets: [UInt8] = []
    while case let octet = fgetc(handle), octet != EOF { octets.append(UInt8(truncatingIfNeeded: octet)) }
    return octets
  }

  deinit {
    chmod(path, 0o755)
    Self.empty(path)
    rmdir(path)
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func empty(_ folder: String) {
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      // A link to a folder is unlinked itself.
      if unlink(path) != 0 {
        empty(path)
        rmdir(path)
      }
    }
  }
}
