// Unsafe file. Socket calls take pointers: to an address that outlives the call, or to a buffer along with its
// size.
import CLinux
import Glibc

extension System {
  /// What reading from a socket that does not wait comes to.
  enum Received: Equatable {
    case octets([UInt8])
    case nothingYet
    /// No more will come: the other side has ended, or the connection failed.
    case end
  }

  /// The most octets of a Unix socket's path.
  static let socketPathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  /// A Unix stream socket whose calls do not wait.
  ///
  /// - Parameter patience: how long connecting waits for a server that has much to do, in seconds; nil: not at all.
  static func unixSocket(patience: Int? = nil) throws(SystemError) -> OpenFile {
    let waits = patience == nil ? SOCK_NONBLOCK.rawValue : 0
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | waits), 0)
    guard number >= 0 else { throw SystemError(action: "open a socket", code: errno) }
    let file = OpenFile(number)
    if let patience { _ = cl_limit_sending(number, Int32(clamping: patience)) }
    return file
  }

  /// - Parameter path: at most `socketPathLimit` octets.
  static func bind(_ socket: OpenFile, to path: String) throws(SystemError) {
    let status = unsafe withUnixAddress(path) { unsafe Glibc.bind(socket.number, $0, $1) }
    guard status == 0 else { throw SystemError(action: "make the socket \(path)", code: errno) }
  }

  /// - Parameter path: at most `socketPathLimit` octets.
  static func connect(_ socket: OpenFile, to path: String) throws(SystemError) {
    let status = unsafe withUnixAddress(path) { unsafe Glibc.connect(socket.number, $0, $1) }
    guard status == 0 else { throw SystemError(action: "connect to \(path)", code: errno) }
  }

  static func listen(_ socket: OpenFile, backlog: Int32) throws(SystemError) {
    guard Glibc.listen(socket.number, backlog) == 0 else {
      throw SystemError(action: "listen", code: errno)
    }
  }

  /// A connection that waits to be accepted; it does not wait itself. Nil: there is none.
  static func accept(_ listener: OpenFile) throws(SystemError) -> OpenFile? {
    var peer = sockaddr_storage()
    let number = unsafe cl_accept(listener.number, &peer)
    if number >= 0 { return OpenFile(number) }
    let code = 0 - number
    // One that was given up while it waited is no reason not to look at the next.
    if [EAGAIN, EINTR, ECONNABORTED].contains(code) { return nil }
    throw SystemError(action: "accept", code: code)
  }

  /// Reads up to `limit` octets without waiting.
  static func receive(_ socket: OpenFile, limit: Int) -> Received {
    var interrupted = true
    var count = 0
    let octets = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, length in
      while interrupted {
        count = unsafe cl_receive(socket.number, buffer.baseAddress, limit)
        interrupted = count == 0 - Int(EINTR)
      }
      length = max(0, count)
    }
    if count > 0 { return .octets(octets) }
    return count == 0 - Int(EAGAIN) ? .nothingYet : .end
  }

  /// Sends without waiting.
  ///
  /// - Returns: how many octets were taken; nil: the connection has failed.
  static func send(_ socket: OpenFile, _ octets: ArraySlice<UInt8>) -> Int? {
    while true {
      let count = unsafe octets.withUnsafeBytes { chunk in
        unsafe cl_send(socket.number, chunk.baseAddress, chunk.count)
      }
      if count >= 0 { return count }
      if count == 0 - Int(EAGAIN) { return 0 }
      if count != 0 - Int(EINTR) { return nil }
    }
  }

  /// Another number for the same open file, closed on exec, which nobody owns yet; -1: none is to be had.
  static func duplicate(_ file: OpenFile) -> Int32 { fcntl(file.number, F_DUPFD_CLOEXEC, 0) }

  /// Waits until one of the descriptors is ready, which is noted in it, or a time has passed.
  ///
  /// - Parameter milliseconds: -1: any time.
  static func wait(for requests: inout [pollfd], milliseconds: Int32) {
    let count = unsafe poll(&requests, nfds_t(requests.count), milliseconds)
    // After a failure what they hold is from before.
    if count < 0 { for index in requests.indices { requests[index].revents = 0 } }
  }

  /// Something to wake a thread with that waits for descriptors.
  static func event() throws(SystemError) -> OpenFile {
    let number = cl_event_create()
    guard number >= 0 else { throw SystemError(action: "make an event", code: 0 - number) }
    return OpenFile(number)
  }

  static func trigger(_ event: OpenFile) { _ = cl_event_signal(event.number) }

  /// Waits until an event is triggered, and makes it wait for the next time.
  static func waitUntilTriggered(_ event: OpenFile) {
    var requests = [pollfd(fd: event.number, events: Int16(POLLIN), revents: 0)]
    wait(for: &requests, milliseconds: -1)
    if requests[0].revents != 0 { reset(event) }
  }

  /// Makes an event that was triggered wait for the next time.
  static func reset(_ event: OpenFile) {
    var count: UInt64 = 0
    _ = unsafe read(event.number, &count, MemoryLayout<UInt64>.size)
  }

  private static func withUnixAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in
      // One octet is left for the end.
      for (index, octet) in path.utf8.prefix(buffer.count - 1).enumerated() { unsafe buffer[index] = octet }
    }
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
