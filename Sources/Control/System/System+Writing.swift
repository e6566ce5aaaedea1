// Unsafe file. poll(2) and write(2) take pointers.
import Glibc

extension System {
  /// Octets that a pipe which says it is writable takes without blocking (POSIX's lower bound for
  /// PIPE_BUF on Linux).
  private static let pipeRoom = 4_096

  /// Opens /dev/null where standard input, output or error is closed. Else a socket would get their number, and with
  /// it the log, or what is to be shown.
  static func fillStandardDescriptors() {
    // What is opened gets the lowest free number.
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", O_RDWR)
    }
  }

  /// Whether the descriptor has data, or an error makes waiting pointless, within a time.
  static func waitUntilReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    wait(for: POLLIN, of: descriptor, milliseconds: milliseconds)
  }

  /// Whether the descriptor takes data, or an error makes waiting pointless, within a time.
  static func waitUntilWritable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    wait(for: POLLOUT, of: descriptor, milliseconds: milliseconds)
  }

  private static func wait(for event: Int32, of descriptor: Int32, milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    while true {
      let count = unsafe poll(&request, 1, milliseconds)
      if count < 0, errno == EINTR { continue }
      return count != 0
    }
  }

  /// Writes all of `octets`, or what can be written; errors are not reported.
  ///
  /// - Returns: false: the reader stopped reading before the end.
  /// - Parameter patience: how long to wait, in milliseconds, each time that the reader is behind.
  static func write(_ octets: [UInt8], to descriptor: Int32, patience: Int32) -> Bool {
    var rest = octets[...]
    while !rest.isEmpty {
      guard waitUntilWritable(descriptor, milliseconds: patience) else { return false }
      let count = unsafe rest.prefix(pipeRoom).withUnsafeBytes { chunk in
        unsafe Glibc.write(descriptor, chunk.baseAddress, chunk.count)
      }
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else { return true }
      } else {
        rest = rest.dropFirst(count)
      }
    }
    return true
  }

  /// Writes all of `octets`, or fails where the reader does not go on.
  ///
  /// - Parameters:
  ///   - name: what the descriptor is called in errors.
  ///   - patience: how long to wait, in milliseconds, each time that the reader is behind.
  static func write(
    _ octets: [UInt8], to descriptor: Int32, called name: String, patience: Int32
  ) throws(SystemError) {
    var rest = octets[...]
    while !rest.isEmpty {
      guard waitUntilWritable(descriptor, milliseconds: patience) else {
        throw SystemError(action: "write \(name)", code: ETIMEDOUT)
      }
      let count = unsafe rest.prefix(pipeRoom).withUnsafeBytes { chunk in
        unsafe Glibc.write(descriptor, chunk.baseAddress, chunk.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        throw SystemError(action: "write \(name)", code: errno)
      }
    }
  }

  /// Writes all of `octets`, however long the reader takes.
  ///
  /// - Parameter name: what the descriptor is called in errors.
  static func write(_ octets: [UInt8], to descriptor: Int32, called name: String) throws(SystemError) {
    var rest = octets[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        _ = waitUntilWritable(descriptor, milliseconds: -1)
      } else if errno != EINTR {
        throw SystemError(action: "write \(name)", code: errno)
      }
    }
  }
}
