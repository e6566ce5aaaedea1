// Unsafe file. The system calls of this module. Each pointer that the kernel is given points to a local value
// or to an array's elements that outlive the call, with their own size.

import CLinux
import DNSWire
import Glibc
public import Health
import Transport

/// System calls, with failures thrown and interrupted calls repeated. Descriptors are closed on exec, and none
/// of the calls waits.
enum System {
  static func value(of call: () -> Int) throws(Errno) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      if result != Int(-EINTR) { throw Errno(rawValue: Int32(truncatingIfNeeded: -result)) }
    }
  }

  /// The value of a call that returns -1 and sets errno when it fails.
  private static func valueOrErrno(of call: () -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw Errno(rawValue: errno) }
    }
  }

  static func close(_ descriptor: Int32) {
    _ = cl_close(descriptor)
  }
}

// MARK: Sockets

extension System {
  /// A new socket for one probe. Closing one of a stream resets its connection: one packet in place of four, and
  /// nothing of it stays behind at either end, where thousands of probes a second would add up.
  static func open(_ transport: ProbeTransport, _ family: IPAddress.Family) throws(Errno) -> Int32 {
    let kind = transport.isStream ? SOCK_STREAM : SOCK_DGRAM
    let type = Int32(kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let version = transport != .echo ? 0 : family == .v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6
    let socket = try valueOrErrno(of: {
      Glibc.socket(family == .v4 ? AF_INET : AF_INET6, type, Int32(version))
    })
    if transport.isStream { setResetOnClose(socket, true) }
    if transport == .stream(sendsFirst: true) {
      // The handshake's last packet waits for octets to go along with.
      var off: Int32 = 0
      _ = unsafe setsockopt(
        socket, Int32(IPPROTO_TCP), TCP_QUICKACK, &off, socklen_t(MemoryLayout<Int32>.size))
    }
    return socket
  }

  /// Whether closing the socket resets its connection, or sends what is unsent and ends it in order.
  static func setResetOnClose(_ socket: Int32, _ isReset: Bool) {
    var setting = linger(l_onoff: isReset ? 1 : 0, l_linger: 0)
    _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
  }

  /// Begins to connect; of streams, writability tells the end of it.
  static func connect(_ socket: Int32, to endpoint: Endpoint) throws(Errno) {
    let address = SocketAddress(endpoint)
    let status = unsafe address.withPointer { address, length in
      unsafe Glibc.connect(socket, address, length)
    }
    guard status < 0, errno != EINPROGRESS, errno != EINTR else { return }
    throw Errno(rawValue: errno)
  }

  /// What went wrong with a socket since this was last asked.
  static func failure(of socket: Int32) -> Errno? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
      return Errno(rawValue: errno)
    }
    return code == 0 ? nil : Errno(rawValue: code)
  }

  /// Returns how many of the octets were taken.
  static func send(_ socket: Int32, _ octets: ArraySlice<UInt8>) throws(Errno) -> Int {
    try value { unsafe octets.withUnsafeBytes { unsafe cl_send(socket, $0.baseAddress, $0.count) } }
  }

  /// Returns how many octets were put into `buffer`; 0 at the end of a stream.
  static func receive(_ socket: Int32, into buffer: inout [UInt8]) throws(Errno) -> Int {
    try value { unsafe buffer.withUnsafeMutableBytes { unsafe cl_receive(socket, $0.baseAddress, $0.count) } }
  }
}

// MARK: Names

extension System {
  /// Makes `addresses(of:)` in this thread take names as absolute.
  static func takeNamesAsTheyAre() {
    cl_take_names_as_they_are()
  }

  /// The addresses of a host, those first that the system would use first (RFC 6724). May take long.
  static func addresses(of host: String) throws(ResolutionFailure) -> [IPAddress] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, nil, &hints, &list)
    guard status == 0 else {
      let text =
        status == EAI_SYSTEM ? "\(Errno(rawValue: errno))" : unsafe String(cString: gai_strerror(status))
      throw ResolutionFailure(text)
    }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [IPAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let name = unsafe entry.pointee.ai_addr {
        addresses.append(unsafe IPAddress(socketAddress: UnsafeRawPointer(name)))
      }
      unsafe next = entry.pointee.ai_next
    }
    return addresses
  }
}

// MARK: Events

extension System {
  static func epoll() throws(Errno) -> Int32 {
    Int32(try value { Int(cl_epoll_create()) })
  }

  static func watch(_ descriptor: Int32, in epoll: Int32, as token: UInt64) throws(Errno) {
    let flags = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    _ = try value { Int(cl_epoll_add(epoll, descriptor, flags, token)) }
  }

  /// A descriptor that can be read from when it is signalled on.
  static func event() throws(Errno) -> Int32 {
    Int32(try value { Int(cl_event_create()) })
  }

  static func signal(_ event: Int32) {
    _ = cl_event_signal(event)
  }
}

// MARK: Time

extension Moment {
  /// The time now, of the clock that probes are timed by.
  public static var now: Moment {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Moment(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
  }
}
