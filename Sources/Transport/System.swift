// Unsafe file. Every system call of this module is made here, so that failures are read, and interrupted
// calls repeated, in one place. What is unsafe are the pointers that the kernel is given: those of the
// functions with pointer parameters are their callers' to answer for; the others point to a local that
// outlives the call, with its own size.

internal import Answering
internal import CLinux
internal import DNSWire
internal import Glibc

/// The system calls, with failures thrown and interrupted calls repeated.
enum System {
  /// The value of a call that returns the negative of errno when it fails.
  @_noAllocation @_noLocks @inline(__always)
  private static func value(of call: () -> Int) throws(Errno) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      if result != 0 - Int(EINTR) { throw Errno(rawValue: Int32(truncatingIfNeeded: 0 - result)) }
    }
  }

  /// The value of a call that returns the negative of errno when it fails and is never interrupted.
  private static func value(_ result: Int) throws(Errno) -> Int {
    if result >= 0 { return result }
    throw Errno(rawValue: Int32(truncatingIfNeeded: 0 - result))
  }

  /// The value of a call that returns -1 and sets errno when it fails.
  private static func valueOrErrno(of call: () -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw Errno(rawValue: errno) }
    }
  }

  static func text(of error: Errno) -> String {
    guard let text = unsafe strerror(error.rawValue) else { return "error \(error.rawValue)" }
    return unsafe String(cString: text)
  }
}

// MARK: Data path

extension System {
  /// Waits for a datagram, then takes what else is there, up to `count`. Not repeated when interrupted: that is
  /// how a thread that waits here is asked to stop.
  @_noAllocation @_noLocks @unsafe
  static func receiveBatch(
    _ socket: Int32, _ messages: UnsafeMutablePointer<cl_mmsghdr>, count: Int
  ) throws(Errno) -> Int {
    let result = unsafe Int(cl_receive_batch(socket, messages, UInt32(truncatingIfNeeded: count)))
    if result >= 0 { return result }
    throw Errno(rawValue: Int32(truncatingIfNeeded: 0 - result))
  }

  /// Sends without waiting. Returns how many were sent, which the first that fails ends; throws when that
  /// is the very first.
  @_noAllocation @_noLocks @unsafe
  static func sendBatch(
    _ socket: Int32, _ messages: UnsafeMutablePointer<cl_mmsghdr>, count: Int
  ) throws(Errno) -> Int {
    try value { unsafe Int(cl_send_batch(socket, messages, UInt32(truncatingIfNeeded: count))) }
  }

  /// Reads without waiting. Returns how many octets; 0 at the end of the stream.
  @_noAllocation @_noLocks @unsafe
  static func receive(
    _ socket: Int32, _ buffer: UnsafeMutableRawPointer, count: Int
  ) throws(Errno) -> Int {
    try value { unsafe cl_receive(socket, buffer, count) }
  }

  /// Sends without waiting. Returns how many octets were taken.
  @_noAllocation @_noLocks @unsafe
  static func send(_ socket: Int32, _ buffer: UnsafeRawPointer, count: Int) throws(Errno) -> Int {
    try value { unsafe cl_send(socket, buffer, count) }
  }

  /// Takes a connection that waits to be accepted, without waiting for one.
  @_noAllocation @_noLocks
  static func accept(
    _ listener: Int32
  ) throws(Errno) -> (socket: Int32, client: IPAddress, port: UInt16) {
    var peer = sockaddr_storage()
    let socket = try value { unsafe Int(cl_accept(listener, &peer)) }
    return unsafe (
      Int32(truncatingIfNeeded: socket), IPAddress(socketAddress: &peer),
      IPAddress.port(ofSocketAddress: &peer)
    )
  }

  @_noAllocation @_noLocks
  static func close(_ number: Int32) {
    // Not repeated when interrupted: Linux has released the number already.
    _ = cl_close(number)
  }

  @_noAllocation @_noLocks
  static func epollAdd(_ epoll: Int32, _ fd: Int32, _ events: UInt32, _ data: UInt64) throws(Errno) {
    _ = try value { Int(cl_epoll_add(epoll, fd, events, data)) }
  }

  @_noAllocation @_noLocks
  static func epollModify(_ epoll: Int32, _ fd: Int32, _ events: UInt32, _ data: UInt64) throws(Errno) {
    _ = try value { Int(cl_epoll_modify(epoll, fd, events, data)) }
  }

  /// Not repeated when interrupted, as the time to wait has changed then: that is no event.
  @_noAllocation @_noLocks @unsafe
  static func epollWait(
    _ epoll: Int32, _ events: UnsafeMutablePointer<epoll_event>, count: Int, milliseconds: Int32
  ) throws(Errno) -> Int {
    let result = unsafe Int(cl_epoll_wait(epoll, events, Int32(truncatingIfNeeded: count), milliseconds))
    if result >= 0 { return result }
    if result == 0 - Int(EINTR) { return 0 }
    throw Errno(rawValue: Int32(truncatingIfNeeded: 0 - result))
  }

  /// Milliseconds of a clock that is never set.
  @_noAllocation @_noLocks
  static func milliseconds() -> Int64 { cl_monotonic_milliseconds() }

  /// Nanoseconds of the same clock.
  @_noAllocation @_noLocks
  static func nanoseconds() -> Int64 { cl_monotonic_nanoseconds() }

  /// Nanoseconds since 1970, UTC.
  @_noAllocation @_noLocks
  static func wallNanoseconds() -> Int64 { cl_wall_nanoseconds() }

  /// Sleeps for up to `milliseconds`.
  @_noAllocation @_noLocks
  static func nap(milliseconds: Int32) {
    cl_nap(Int64(milliseconds) &* 1000)
  }

  /// Sleeps for up to `microseconds`, and then for as long as the kernel puts off a thread's timers: see
  /// `wakePunctually()`.
  @_noAllocation @_noLocks
  static func nap(microseconds: Int32) {
    cl_nap(Int64(microseconds))
  }

  /// Makes the calling thread sleep no longer than it wants to, in place of some 50 µs more.
  @_noAllocation @_noLocks
  static func wakePunctually() {
    cl_wake_punctually()
  }

  /// Lets the calling thread have a core soon when it has something to do: who wants it for short is let in first.
  @_noAllocation @_noLocks
  static func takeShortTurns() {
    cl_take_short_turns(100_000)
  }
}

// MARK: Sockets

extension System {
  /// A new socket, closed on exec: one of UDP waits, one of TCP does not.
  static func socket(_ family: IPAddress.Family, _ transport: TransportKind) throws(Errno) -> Descriptor {
    let domain = family == .v4 ? AF_INET : AF_INET6
    let type =
      transport == .udp ? SOCK_DGRAM.rawValue : SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue
    let number = try valueOrErrno(of: { Glibc.socket(domain, Int32(type | SOCK_CLOEXEC.rawValue), 0) })
    return Descriptor(number)
  }

  static func setOption(
    _ socket: Descriptor, level: Int32, option: Int32, to setting: Int32
  ) throws(Errno) {
    var setting = setting
    _ = try valueOrErrno(of: {
      unsafe setsockopt(
        socket.number, level, option, &setting, socklen_t(MemoryLayout<Int32>.size))
    })
  }

  static func bind(_ socket: Descriptor, to endpoint: Endpoint) throws(Errno) {
    let address = SocketAddress(endpoint)
    _ = try valueOrErrno(of: {
      unsafe address.withPointer { address, length in unsafe Glibc.bind(socket.number, address, length) }
    })
  }

  static func listen(_ socket: Descriptor, backlog: Int32) throws(Errno) {
    _ = try valueOrErrno(of: { Glibc.listen(socket.number, backlog) })
  }

  /// The port that a socket is bound to.
  static func port(of socket: Descriptor) throws(Errno) -> UInt16 { try address(of: socket).port }

  static func address(of socket: Descriptor) throws(Errno) -> SocketAddress {
    var address = SocketAddress()
    _ = try valueOrErrno(of: {
      unsafe address.withMutablePointer { address, length in
        unsafe getsockname(socket.number, address, length)
      }
    })
    return address
  }

  static func requestDestination(_ socket: Descriptor, _ family: IPAddress.Family) throws(Errno) {
    _ = try value(Int(cl_request_destination(socket.number, family == .v4 ? AF_INET : AF_INET6)))
  }

  static func allowFragments(_ socket: Descriptor, _ family: IPAddress.Family) throws(Errno) {
    _ = try value(Int(cl_allow_fragments(socket.number, family == .v4 ? AF_INET : AF_INET6)))
  }

  /// Datagrams that were lost to a full receive buffer since the socket was opened.
  static func overflowCount(_ socket: Descriptor) throws(Errno) -> UInt64 {
    UInt64(try value(Int(cl_overflow_count(socket.number))))
  }

  /// Ends receiving: a blocked receive returns, and so does every later one that finds nothing.
  static func shutDownReceiving(_ socket: Descriptor) {
    _ = shutdown(socket.number, Int32(SHUT_RD))
  }
}

// MARK: Events

extension System {
  static func epoll() throws(Errno) -> Descriptor {
    Descriptor(Int32(truncatingIfNeeded: try value(Int(cl_epoll_create()))))
  }

  /// A descriptor that is readable from when it is first signalled, for all who wait on it.
  static func event() throws(Errno) -> Descriptor {
    Descriptor(Int32(truncatingIfNeeded: try value(Int(cl_event_create()))))
  }

  static func signal(_ event: Descriptor) {
    // Fails only when it has been signalled 2^64 - 2 times before.
    _ = cl_event_signal(event.number)
  }
}

// MARK: Explaining

extension System {
  /// Two connected sockets that keep messages apart, closed on exec.
  static func socketPair() throws(Errno) -> (Descriptor, Descriptor) {
    let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    var numbers: (Int32, Int32) = (-1, -1)
    _ = try valueOrErrno(of: {
      unsafe withUnsafeMutableBytes(of: &numbers) { numbers in
        unsafe socketpair(AF_UNIX, type, 0, numbers.bindMemory(to: Int32.self).baseAddress)
      }
    })
    return (Descriptor(numbers.0), Descriptor(numbers.1))
  }

  /// For how long `sendMessage` may wait.
  static func setSendTimeout(_ socket: Descriptor, to timeout: Duration) throws(Errno) {
    let milliseconds = timeout.inMilliseconds
    var limit = timeval(tv_sec: Int(milliseconds / 1000), tv_usec: Int(milliseconds % 1000) * 1000)
    _ = try valueOrErrno(of: {
      unsafe setsockopt(
        socket.number, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    })
  }

  /// Waits for a message. Returns how many octets; 0 when receiving was shut down.
  @unsafe
  static func receiveMessage(_ socket: Descriptor, _ buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    while true {
      let received = unsafe recv(socket.number, buffer, count, 0)
      if received >= 0 { return received }
      // Only ever interrupted, or short of memory: leave the kernel time to recover.
      if errno != EINTR { nap(milliseconds: 10) }
    }
  }

  /// Sends a message, or gives it up when there is no room for it in time.
  @unsafe
  static func sendMessage(_ socket: Descriptor, _ message: UnsafeRawPointer, count: Int) {
    while unsafe Glibc.send(socket.number, message, count, Int32(MSG_NOSIGNAL)) < 0, errno == EINTR {
    }
  }

  /// Makes the calling thread give way to all others.
  static func lowerPriority() {
    // Not being allowed to is no reason not to explain.
    _ = cl_lower_priority()
  }
}

// MARK: Memory

extension System {
  /// Zeroed pages that take no memory until they are written to.
  @unsafe
  static func map(byteCount: Int) throws(Errno) -> UnsafeMutableRawPointer {
    let start = unsafe mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    // MAP_FAILED is all ones, which no mapping starts at.
    guard let start = unsafe start, Int(bitPattern: start) != -1 else { throw Errno(rawValue: errno) }
    return unsafe start
  }

  @unsafe
  static func unmap(_ start: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe munmap(start, byteCount)
  }
}
