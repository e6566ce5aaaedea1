// Unsafe file. memfd_create(2) and write(2) are given the addresses of octets with how many there are. The descriptor
// is closed by its owner.

internal import CLinux
internal import Glibc

/// A file in memory that nobody else can write to.
struct MemoryFile: ~Copyable {
  private let descriptor: CInt

  /// Where it can be opened, by this process.
  var path: String { "/proc/self/fd/\(descriptor)" }

  init(_ octets: [UInt8]) throws(LocationDatabaseError) {
    let descriptor = unsafe cl_memory_file("locations")
    guard descriptor >= 0 else { throw .unreadable(Self.reason(-descriptor)) }
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw .unreadable(Self.reason(code))
      }
      written += count
    }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  private static func reason(_ code: CInt) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
