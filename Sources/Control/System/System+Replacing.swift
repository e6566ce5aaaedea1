// Unsafe file. open(2) is variadic and write(2) takes a pointer.
import Glibc

extension System {
  /// Puts a file in place whole: whoever reads the path, even after a crash, finds the old contents or the new.
  static func replace(_ path: String, with contents: [UInt8]) throws(SystemError) {
    // Of the same folder, as renaming works within one file system only.
    let temporary = "\(path).new"
    let action = "write \(temporary)"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw SystemError(action: action, code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < contents.count {
      let count = unsafe contents[written...].withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(action: action, code: errno) }
      written += count
    }
    // Before the rename, which else might reach the disk first.
    guard fsync(descriptor) == 0 else { throw SystemError(action: action, code: errno) }
    guard unsafe rename(temporary, path) == 0 else {
      throw SystemError(action: "rename \(temporary) to \(path)", code: errno)
    }
  }
}
