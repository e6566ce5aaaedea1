// Unsafe file. The calls below take or return C pointers; each wrapper keeps the pointer inside itself.
import CLinux
import Glibc

/// System calls for the control plane, as Swift functions with typed errors. All of this module's unsafe
/// code is in this folder.
enum System {
  /// What the operating system calls an error.
  static func message(of code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return text(of: buffer)
  }

  /// Cores that this process may use.
  static var cores: Int { max(1, Int(cl_allowed_cores())) }

  /// Gives back to the system what freed memory the allocator keeps: after a load that can be as much as
  /// the zones themselves.
  static func trimMemory() { cl_trim_memory() }

  /// Lets large blocks go back to the system when they are freed, as those of a zone being read.
  static func returnLargeBlocks() { cl_return_large_blocks() }

  /// The text up to the NUL that ends it.
  static func text(of characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
