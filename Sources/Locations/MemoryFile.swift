// Unsafe file. memfd_create(2) and write(2) are given the addresses of octets with how many there are. The descriptor
// is closed by its owner.

internal import CLinux
internal import Glibc
internal import Zones

/// A file in memory that nobody else can write to.
struct MemoryFile: ~Copyable {
  /// Of its octets; the same for the same octets.
  let contentHash: UInt64
  private let descriptor: CInt

  /// Where it can be opened, by this process.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// Copies a file in one of its states.
  init(copying path: String) throws(LocationDatabaseError) {
    let contents = try Self.contents(of: path)
    let descriptor = try Self.write(contents.octets)
    contentHash = contents.hash
    self.descriptor = descriptor
  }

  private static func contents(of path: String) throws(LocationDatabaseError) -> FileContents {
    do {
      return try FileContents(path: path)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  private static func write(_ octets: [UInt8]) throws(LocationDatabaseError) -> CInt {
    let descriptor = unsafe cl_memory_file("locations")
    guard descriptor >= 0 else { throw .unreadable(reason(-descriptor)) }
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw .unreadable(reason(code))
      }
      written += count
    }
    return descriptor
  }

  deinit {
    close(descriptor)
  }

  private static func reason(_ code: CInt) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
