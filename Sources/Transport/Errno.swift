internal import Glibc

/// The reason for which a system call failed, as in errno(3).
public struct Errno: Error, RawRepresentable, Hashable, Sendable {
  public let rawValue: Int32

  @_noAllocation @_noLocks
  public init(rawValue: Int32) { self.rawValue = rawValue }

  static var addressInUse: Errno { Errno(rawValue: EADDRINUSE) }
  static var addressNotAvailable: Errno { Errno(rawValue: EADDRNOTAVAIL) }
  static var permissionDenied: Errno { Errno(rawValue: EACCES) }
  static var familyNotSupported: Errno { Errno(rawValue: EAFNOSUPPORT) }
  static var tooManyOpenFiles: Errno { Errno(rawValue: EMFILE) }

  /// Whether there is just nothing to do at the moment.
  package var isWouldBlock: Bool { rawValue == EAGAIN }

  /// Whether a signal ended the call.
  var isInterruption: Bool { rawValue == EINTR }

  /// Whether the machine or the process is out of something, which waiting may mend.
  var isExhaustion: Bool {
    rawValue == EMFILE || rawValue == ENFILE || rawValue == ENOBUFS || rawValue == ENOMEM
  }
}

extension Errno: CustomStringConvertible {
  /// As the C library words it, such as `Permission denied`.
  public var description: String { System.text(of: self) }
}
