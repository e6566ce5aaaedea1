import Glibc

/// A file without a name, in memory, that is opened by its descriptor's number: nothing is left behind.
public struct MemoryFile {
  private let descriptor: CInt

  /// - Parameter number: of the descriptor, which names the file.
  public init(number: CInt) {
    var template = Array("/dev/shm/swiftlet-fuzz-XXXXXX".utf8CString)
    let made = mkstemp(&template)
    guard made >= 0, unlink(template) == 0, dup2(made, number) == number else {
      fatalError("cannot make a file in /dev/shm")
    }
    close(made)
    descriptor = number
  }

  public var path: String { "/proc/self/fd/\(descriptor)" }

  public func write(_ octets: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0,
      pwrite(descriptor, octets.baseAddress, octets.count, 0) == octets.count
    else { fatalError("cannot write a file in /dev/shm") }
  }

  public func write(_ text: String) {
    Array(text.utf8).withUnsafeBytes(write)
  }
}
