// Unsafe file. getaddrinfo(3) makes a list that is read and freed here; addresses are passed by pointer, with their
// lengths.
import Glibc

/// An address and port as the system has them.
struct ResolvedAddress: Sendable {
  fileprivate let family: Int32
  fileprivate let octets: [UInt8]
}

extension System {
  /// The addresses of a host, as the system's resolver knows them. Blocks.
  static func resolve(_ host: String, port: UInt16) throws(SystemError) -> [ResolvedAddress] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var first: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, "\(port)", &hints, &first)
    guard status == 0 else {
      throw SystemError(action: "find the host \(host)", code: status == EAI_SYSTEM ? errno : ENOENT)
    }
    defer { unsafe freeaddrinfo(first) }
    var addresses: [ResolvedAddress] = []
    var next = unsafe first
    while let entry = unsafe next {
      let octets = unsafe Array(
        UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen)))
      unsafe addresses.append(ResolvedAddress(family: entry.pointee.ai_family, octets: octets))
      unsafe next = entry.pointee.ai_next
    }
    return addresses
  }

  /// A TCP socket that is on its way to be connected: when it can be written to, that has come to an end.
  static func beginConnecting(to address: ResolvedAddress) throws(SystemError) -> OpenFile {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let number = socket(address.family, type, 0)
    guard number >= 0 else { throw SystemError(action: "open a socket", code: errno) }
    let file = OpenFile(number)
    let status = unsafe address.octets.withUnsafeBytes { buffer in
      unsafe buffer.withMemoryRebound(to: sockaddr.self) {
        unsafe Glibc.connect(number, $0.baseAddress, socklen_t(buffer.count))
      }
    }
    guard status == 0 || errno == EINPROGRESS else { throw SystemError(action: "connect", code: errno) }
    return file
  }

  /// Throws when connecting has failed.
  static func endConnecting(_ socket: OpenFile) throws(SystemError) {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &code, &length) == 0, code == 0 else {
      throw SystemError(action: "connect", code: code == 0 ? errno : code)
    }
  }
}
