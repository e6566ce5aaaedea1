// Unsafe file. A socket address is passed to the kernel as a pointer to a structure that is larger than
// the type named, which is what sockaddr_storage is made for: it has the size and alignment of them all.

package import DNSWire
package import Glibc

/// An address and port as the kernel takes and gives them.
package struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  /// Room for an address of any family.
  init() {}

  package init(_ endpoint: Endpoint) {
    let address = endpoint.address
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      switch address.family {
      case .v4:
        unsafe storage.storeBytes(of: sa_family_t(AF_INET), as: sa_family_t.self)
        unsafe storage.storeBytes(of: endpoint.port.bigEndian, toByteOffset: 2, as: UInt16.self)
        unsafe storage.storeBytes(
          of: UInt32(truncatingIfNeeded: address.low).bigEndian, toByteOffset: 4, as: UInt32.self)
      case .v6:
        unsafe storage.storeBytes(of: sa_family_t(AF_INET6), as: sa_family_t.self)
        unsafe storage.storeBytes(of: endpoint.port.bigEndian, toByteOffset: 2, as: UInt16.self)
        unsafe storage.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
        unsafe storage.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
      }
    }
    length = socklen_t(
      address.family == .v4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
  }

  var port: UInt16 {
    // Both families have the port, in network order, after the family.
    var storage = storage
    return unsafe withUnsafeBytes(of: &storage) { storage in
      UInt16(bigEndian: unsafe storage.load(fromByteOffset: 2, as: UInt16.self))
    }
  }

  /// Of IPv4 or IPv6.
  var endpoint: Endpoint {
    unsafe withUnsafePointer(to: storage) { storage in
      unsafe Endpoint(address: IPAddress(socketAddress: storage), port: port)
    }
  }

  @unsafe
  package func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    unsafe withUnsafePointer(to: storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe body(address, length)
      }
    }
  }

  @unsafe
  mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
  ) -> Result {
    unsafe withUnsafeMutablePointer(to: &storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe body(address, &length)
      }
    }
  }
}

extension IPAddress {
  /// The port of a socket address that the kernel wrote; both families have it in the same place.
  @_noAllocation @_noLocks @unsafe
  static func port(ofSocketAddress storage: UnsafeRawPointer) -> UInt16 {
    UInt16(bigEndian: unsafe storage.load(fromByteOffset: 2, as: UInt16.self))
  }

  /// Reads a socket address that the kernel wrote; one of another family than IPv6 is taken for IPv4.
  ///
  /// - Parameter storage: of at least the size of its family's structure, aligned to 4 octets.
  @_noAllocation @_noLocks @unsafe
  package init(socketAddress storage: UnsafeRawPointer) {
    if unsafe storage.load(as: sa_family_t.self) == sa_family_t(AF_INET6) {
      unsafe self.init(
        v6High: UInt64(bigEndian: storage.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt64(bigEndian: storage.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
    } else {
      unsafe self.init(v4: UInt32(bigEndian: storage.load(fromByteOffset: 4, as: UInt32.self)))
    }
  }
}
