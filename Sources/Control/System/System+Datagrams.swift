// Unsafe file. The address and the octets are passed by pointers that are used during the call only, with their sizes.
import CLinux
import Glibc

extension System {
  /// Sends a text to a Unix datagram socket, if that can be had within a second.
  ///
  /// - Parameter place: the path of the socket, or `@` and a name of Linux's abstract namespace.
  /// - Returns: whether it was sent.
  @discardableResult
  static func send(_ text: String, to place: String) -> Bool {
    guard place.utf8.count <= socketPathLimit else { return false }
    let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return false }
    let file = OpenFile(number)
    _ = cl_limit_sending(file.number, 1)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in
      unsafe buffer.copyBytes(from: place.utf8)
      if place.first == "@" { unsafe buffer[0] = 0 }
    }
    // An abstract name ends with the address, and nothing else ends it.
    let length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + place.utf8.count)
    let octets = Array(text.utf8)
    let count = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(file.number, octets, octets.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
    return count == octets.count
  }
}
