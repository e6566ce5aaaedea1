// Unsafe file. The memory of a query on its way from a worker to the explainer. It is one mapping that the packet owns:
//
//   origin    an `Origin`
//   name      of UDP: the socket address to respond to
//   control   of UDP: the address that was asked, as control data
//   message   the query
//
// It is sound because places are fixed, what is copied there is checked against their sizes, and both ends are of this
// process: what one has stored as an `Origin` the other loads as one.

internal import CLinux
internal import DNSWire
internal import Glibc

/// A query that wants an explanation, with what is needed to respond.
@safe
struct ExplanationPacket: ~Copyable {
  /// Where a query came from.
  struct Origin: BitwiseCopyable {
    var worker: Int
    var client: IPAddress
    /// Of TCP: the connection.
    var slot = 0
    var generation: UInt32 = 0
    /// Of UDP: octets of the socket address and of the control data.
    var nameLength = 0
    var controlLength = 0
  }

  private static var namePlace: Int { 64 }
  private static var controlPlace: Int { 128 }
  private static var messagePlace: Int { controlPlace + Int(CL_CONTROL_SIZE) }
  private static var size: Int { messagePlace + DatagramBatch.messageSize }

  private let memory: MappedMemory
  private var messageLength = 0

  init() throws(Errno) {
    precondition(MemoryLayout<Origin>.size <= Self.namePlace)
    memory = try MappedMemory(byteCount: Self.size)
  }

  /// Sends a query to the explainer.
  ///
  /// - Parameters:
  ///   - name: of as many octets as the origin says, as is `control`.
  /// - Returns: false when too many others wait, or it is too long.
  @_noAllocation @_noLocks @unsafe
  mutating func send(
    _ message: UnsafeRawPointer, length: Int, from origin: Origin, name: UnsafeRawPointer?,
    control: UnsafeRawPointer?, to socket: Int32
  ) -> Bool {
    guard length >= 0, length <= DatagramBatch.messageSize else { return false }
    unsafe memory.start.storeBytes(of: origin, as: Origin.self)
    if let name = unsafe name {
      precondition(origin.nameLength >= 0 && origin.nameLength <= Self.controlPlace - Self.namePlace)
      unsafe (memory.start + Self.namePlace).copyMemory(from: name, byteCount: origin.nameLength)
    }
    if let control = unsafe control {
      precondition(origin.controlLength >= 0 && origin.controlLength <= Int(CL_CONTROL_SIZE))
      unsafe (memory.start + Self.controlPlace).copyMemory(from: control, byteCount: origin.controlLength)
    }
    unsafe (memory.start + Self.messagePlace).copyMemory(from: message, byteCount: length)
    do throws(Errno) {
      _ = unsafe try System.send(socket, memory.start, count: Self.messagePlace + length)
      return true
    } catch {
      return false
    }
  }

  /// Waits for a query from a worker, in place of the one before.
  ///
  /// - Returns: false when there will be no more.
  mutating func receive(from socket: Descriptor) -> Bool {
    let count = unsafe System.receiveMessage(socket, memory.start, count: Self.size)
    messageLength = count - Self.messagePlace
    return messageLength >= 0
  }

  var origin: Origin { unsafe memory.start.load(as: Origin.self) }

  /// The query.
  var message: [UInt8] {
    unsafe Array(
      UnsafeRawBufferPointer(start: memory.start + Self.messagePlace, count: max(messageLength, 0)))
  }

  /// Sends the response to a query that came over UDP, without waiting.
  func respond(with response: [UInt8], over socket: Descriptor) {
    let origin = origin
    unsafe response.withUnsafeBytes { octets in
      var vector = unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: octets.baseAddress), iov_len: octets.count)
      unsafe withUnsafeMutablePointer(to: &vector) { vector in
        var header = unsafe cl_mmsghdr()
        unsafe header.msg_hdr.msg_name = memory.start + Self.namePlace
        unsafe header.msg_hdr.msg_namelen = socklen_t(origin.nameLength)
        unsafe header.msg_hdr.msg_iov = vector
        unsafe header.msg_hdr.msg_iovlen = 1
        if origin.controlLength > 0 {
          unsafe header.msg_hdr.msg_control = memory.start + Self.controlPlace
          unsafe header.msg_hdr.msg_controllen = origin.controlLength
        }
        // One that the kernel does not take is given up, as those of the workers are.
        _ = unsafe try? System.sendBatch(socket.number, &header, count: 1)
      }
    }
  }
}
