import Glibc
import Testing

/// A Unix datagram socket that listens, as a service manager has one.
final class DatagramListener {
  private let number: Int32

  /// - Parameter place: the path of the socket, or `@` and a name of Linux's abstract namespace.
  init(_ place: String) {
    number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: place.utf8) }
    if place.first == "@" { address.sun_path.0 = 0 }
    let length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + place.utf8.count)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
    }
    precondition(status == 0, "cannot listen at \(place)")
  }

  deinit { close(number) }

  /// What comes next; nil: nothing has within the time.
  func next(milliseconds: Int32 = 60_000) -> String? {
    var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return nil }
    var octets = [UInt8](repeating: 0, count: 4_096)
    let count = read(number, &octets, octets.count)
    return String(decoding: octets.prefix(max(0, count)), as: UTF8.self)
  }
}
