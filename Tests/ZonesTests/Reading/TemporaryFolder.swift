import Glibc

/// A folder for the files of one test, which goes when the test has ended.
final class TemporaryFolder {
  let path: String
  private var entries: [String] = []

  struct SystemError: Error {
    let code: CInt
  }

  init() throws {
    var template = Array("/tmp/zone-reading-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func makeFolder(_ name: String) throws {
    guard mkdir("\(path)/\(name)", 0o700) == 0 else { throw SystemError(code: errno) }
    entries.append(name)
  }

  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  func write(_ octets: [UInt8], to name: String) throws {
    guard let file = fopen("\(path)/\(name)", "w") else { throw SystemError(code: errno) }
    entries.append(name)
    defer { fclose(file) }
    guard fwrite(octets, 1, octets.count, file) == octets.count else { throw SystemError(code: errno) }
  }

  deinit {
    for name in entries.reversed() {
      remove("\(path)/\(name)")
    }
    remove(path)
  }
}
