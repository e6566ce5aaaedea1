// Unsafe file. The memory of a response on its way from the explainer to a TCP worker, in one mapping: the
// connection's slot and generation, then the message as it goes over TCP. Both ends are of this process. What is copied
// out is checked against what was received.

internal import Glibc

/// A TCP worker's end of the way that explanations come.
@safe
struct ExplanationResponses: ~Copyable {
  /// Whose the response is.
  struct Recipient: BitwiseCopyable {
    var slot: Int
    var generation: UInt32
  }

  private static var messagePlace: Int { 16 }
  private static var size: Int {
    messagePlace + ConnectionBuffers.prefixSize + ConnectionBuffers.maximumResponse
  }

  /// Readable when there is a response.
  let socket: Int32
  private let memory: MappedMemory
  /// Octets of the response received last, its length prefix included; 0: there is none for the query.
  private(set) var length = 0

  init(socket: Int32) throws(Errno) {
    precondition(MemoryLayout<Recipient>.size <= Self.messagePlace)
    memory = try MappedMemory(byteCount: Self.size)
    self.socket = socket
  }

  /// Sends the response to a query that came over TCP to its worker; empty: there is none.
  static func send(_ response: [UInt8], to recipient: Recipient, over socket: Descriptor) {
    var message = [UInt8](repeating: 0, count: messagePlace)
    unsafe message.withUnsafeMutableBytes { unsafe $0.storeBytes(of: recipient, as: Recipient.self) }
    if !response.isEmpty { message += [UInt8(response.count >> 8), UInt8(response.count & 0xff)] + response }
    unsafe message.withUnsafeBytes { octets in
      guard let start = octets.baseAddress else { return }
      // A worker that has ended takes no more.
      unsafe System.sendMessage(socket, start, count: octets.count)
    }
  }

  /// Takes the next response that has come.
  ///
  /// - Returns: nil when none is there.
  @_noAllocation @_noLocks
  mutating func receive() -> Recipient? {
    do throws(Errno) {
      let count = unsafe try System.receive(socket, memory.start, count: Self.size)
      guard count >= Self.messagePlace else { return nil }
      length = count - Self.messagePlace
      return unsafe memory.start.load(as: Recipient.self)
    } catch {
      return nil
    }
  }

  /// Copies the response received last to where there is room for it.
  @_noAllocation @_noLocks @unsafe
  func copy(to place: UnsafeMutableRawPointer) {
    unsafe place.copyMemory(from: memory.start + Self.messagePlace, byteCount: length)
  }
}
