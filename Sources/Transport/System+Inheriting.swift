// Unsafe file. What is unsafe are the pointers that the kernel is given: to a local that outlives the call, with its
// own size.

internal import Answering
internal import DNSWire
internal import Glibc

extension System {
  /// The value of an option that is an integer.
  static func option(_ socket: Descriptor, level: Int32, option: Int32) throws(Errno) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket.number, level, option, &value, &length) == 0 else {
      throw Errno(rawValue: errno)
    }
    return value
  }

  /// Where a socket is bound; nil: it is of neither IPv4 nor IPv6.
  static func endpoint(of socket: Descriptor) throws(Errno) -> Endpoint? {
    guard [AF_INET, AF_INET6].contains(try option(socket, level: SOL_SOCKET, option: SO_DOMAIN)) else {
      return nil
    }
    return try address(of: socket).endpoint
  }

  /// Whether a socket takes from one address only.
  static func isConnected(_ socket: Descriptor) -> Bool {
    var address = SocketAddress()
    return unsafe address.withMutablePointer { address, length in
      unsafe getpeername(socket.number, address, length) == 0
    }
  }

  /// Whether calls return at once where they would have to wait: as a listener of TCP, and not a socket of UDP. For
  /// all processes that have the socket.
  static func setNonBlocking(_ socket: Descriptor, to isNonBlocking: Bool) throws(Errno) {
    let flags = fcntl(socket.number, F_GETFL)
    guard flags >= 0 else { throw Errno(rawValue: errno) }
    let wanted = isNonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
    guard wanted != flags else { return }
    guard fcntl(socket.number, F_SETFL, wanted) == 0 else { throw Errno(rawValue: errno) }
  }

  static func closeOnExec(_ socket: Descriptor) { _ = fcntl(socket.number, F_SETFD, FD_CLOEXEC) }
}
