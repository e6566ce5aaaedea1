import Glibc

@testable import Control

/// A folder that is there as long as the object.
final class Folder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/swiftlet-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    chmod(path, 0o755)
  }

  /// Writes a file whole, as a careful administrator would: aside, then into place.
  @discardableResult
  func write(_ name: String, _ text: String) -> String { write(name, octets: Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, octets: [UInt8]) -> String {
    let file = "\(path)/\(name)"
    let aside = "\(file).new"
    guard let handle = fopen(aside, "w") else { fatalError("cannot write \(aside)") }
    fwrite(octets, 1, octets.count, handle)
    fclose(handle)
    rename(aside, file)
    return file
  }

  func remove(_ name: String) { unlink("\(path)/\(name)") }

  func read(_ name: String) -> String? {
    (try? System.contents(of: "\(path)/\(name)", limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }

  deinit {
    chmod(path, 0o755)
    for entry in (try? System.entries(of: path, where: { $0 != "." && $0 != ".." })) ?? [] {
      remove(entry.name)
      rmdir("\(path)/\(entry.name)")
    }
    rmdir(path)
  }
}
