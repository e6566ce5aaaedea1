// Unsafe file. The memory of a UDP worker's batch. It is laid out once, in one mapping that the batch
// owns, as arrays with an element for each message:
//
//   received   a message header each, set to point to the four below
//   replies    a message header each, set to point to a response; the rest is copied from `received`
//   vectors    of `received`, then of `replies`
//   addresses  of the senders
//   controls   the address that was asked, as control data, in and out
//   queries    as received
//   responses  as sent
//
// It is sound because every pointer is `memory.start` plus an offset below `byteCount`, indices are those
// of messages that `receive` returned, below `capacity`, and the kernel only keeps to the lengths that the
// headers say, which never exceed an element. Nothing hands a pointer out of here.

internal import Answering
internal import CLinux
internal import DNSWire
internal import Glibc

/// Datagrams received with one system call, and their replies, sent with another.
@safe
struct DatagramBatch: ~Copyable {
  /// Datagrams in a batch.
  static var capacity: Int { 64 }
  /// The longest query and response, in octets.
  static var messageSize: Int { 4096 }

  private static var line: Int { 64 }
  /// A line more than a message: were messages a power of two apart, they would all compete for the same
  /// few places of the processor's caches.
  private static var messageStride: Int { messageSize + line }
  /// Keeps a response off its query's offset in the page, as loads of the one would otherwise wait for
  /// stores to the other.
  private static var responseShift: Int { 8 * line }

  private let memory: MappedMemory
  private let received: UnsafeMutablePointer<cl_mmsghdr>
  private let replies: UnsafeMutablePointer<cl_mmsghdr>
  private let replyVectors: UnsafeMutablePointer<iovec>
  private let addresses: UnsafeMutableRawPointer
  private let queries: UnsafeMutableRawPointer
  private let responses: UnsafeMutableRawPointer
  /// Octets of control data to receive with each message: 0 when the address asked is known.
  private let controlSize: Int
  private var receivedCount = 0
  private var replyCount = 0

  /// - Parameter wantsDestination: whether the socket was told to say which address was asked.
  init(wantsDestination: Bool) throws(Errno) {
    let headers = unsafe Self.capacity * MemoryLayout<cl_mmsghdr>.stride
    let vectors = unsafe Self.capacity * MemoryLayout<iovec>.stride
    let lines = Self.capacity * Self.line
    let messages = Self.capacity * Self.messageStride
    let memory = try MappedMemory(
      byteCount: 2 * headers + 2 * vectors + 2 * lines + messages + Self.responseShift + messages)

    var next = unsafe memory.start
    unsafe received = next.bindMemory(to: cl_mmsghdr.self, capacity: Self.capacity)
    unsafe next += headers
    unsafe replies = next.bindMemory(to: cl_mmsghdr.self, capacity: Self.capacity)
    unsafe next += headers
    let receivedVectors = unsafe next.bindMemory(to: iovec.self, capacity: Self.capacity)
    unsafe next += vectors
    unsafe replyVectors = next.bindMemory(to: iovec.self, capacity: Self.capacity)
    unsafe next += vectors
    unsafe addresses = next
    unsafe next += lines
    let controls = unsafe next
    unsafe next += lines
    unsafe queries = next
    unsafe next += messages + Self.responseShift
    unsafe responses = next
    self.memory = memory
    controlSize = wantsDestination ? Int(CL_CONTROL_SIZE) : 0

    for index in 0..<Self.capacity {
      unsafe receivedVectors[index] = iovec(
        iov_base: queries + index * Self.messageStride, iov_len: Self.messageSize)
      unsafe replyVectors[index] = iovec(iov_base: responses + index * Self.messageStride, iov_len: 0)
      unsafe received[index].msg_hdr.msg_name = addresses + index * Self.line
      unsafe received[index].msg_hdr.msg_namelen = socklen_t(Self.line)
      unsafe received[index].msg_hdr.msg_iov = receivedVectors + index
      unsafe received[index].msg_hdr.msg_iovlen = 1
      unsafe received[index].msg_hdr.msg_control = wantsDestination ? controls + index * Self.line : nil
      unsafe received[index].msg_hdr.msg_controllen = controlSize
      unsafe replies[index].msg_hdr.msg_iov = replyVectors + index
      unsafe replies[index].msg_hdr.msg_iovlen = 1
    }
  }

  /// Waits for a datagram and takes what else is there, in place of the batch before.
  ///
  /// - Returns: how many there are, at most `capacity`.
  @_noAllocation @_noLocks
  mutating func receive(from socket: Int32) throws(Errno) -> Int {
    // The kernel wrote the lengths of those that it received over what the fields offered.
    for index in 0..<receivedCount {
      unsafe received[index].msg_hdr.msg_namelen = socklen_t(Self.line)
      unsafe received[index].msg_hdr.msg_controllen = controlSize
    }
    receivedCount = 0
    replyCount = 0
    receivedCount = unsafe try System.receiveBatch(socket, received, count: Self.capacity)
    return receivedCount
  }

  /// Whether the datagram at `index` was longer than what is kept of it.
  @_noAllocation @_noLocks
  func isTruncated(at index: Int) -> Bool {
    unsafe received[index].msg_hdr.msg_flags & Int32(MSG_TRUNC) != 0
  }

  /// Has memory fetched that the answers to datagrams will need. `indices` are below what `receive` returned.
  ///
  /// - Returns: whether it pays for any of them.
  @_noAllocation @_noLocks
  func foresee(_ indices: Range<Int>, with answerer: inout Answerer) -> Bool {
    var pays = false
    for index in indices {
      let paysHere = unsafe answerer.foresee(
        queries + index * Self.messageStride, length: Int(received[index].msg_len),
        at: index - indices.lowerBound)
      if paysHere { pays = true }
    }
    guard pays, answerer.foreseeNodes(indices.count), answerer.foreseePools(indices.count) else {
      return pays
    }
    for index in indices {
      unsafe answerer.foreseeTurn(
        at: index - indices.lowerBound, from: IPAddress(socketAddress: addresses + index * Self.line))
    }
    answerer.foreseeChoices(indices.count)
    return true
  }

  /// What becomes of a datagram.
  enum Outcome {
    /// There is no response to it.
    case ignored
    /// There is a response to send.
    case answered
    /// It is to be explained, for which `handOver` is there.
    case unexplained
  }

  /// Answers the datagram at `index`, below what `receive` returned. Once for each.
  @_noAllocation @_noLocks
  mutating func answer(at index: Int, with answerer: inout Answerer) -> Outcome {
    let length = unsafe answerer.answer(
      queries + index * Self.messageStride, length: Int(received[index].msg_len),
      from: IPAddress(socketAddress: addresses + index * Self.line), over: .udp,
      into: responses + replyCount * Self.messageStride, capacity: Self.messageSize)
    if length == 0 { return .ignored }
    if answerer.wantsExplanation { return .unexplained }

    unsafe replyVectors[replyCount].iov_len = length
    let reply = unsafe replies + replyCount
    unsafe reply.pointee.msg_hdr.msg_name = received[index].msg_hdr.msg_name
    unsafe reply.pointee.msg_hdr.msg_namelen = received[index].msg_hdr.msg_namelen
    if controlSize > 0 {
      unsafe reply.pointee.msg_hdr.msg_control = received[index].msg_hdr.msg_control
      unsafe reply.pointee.msg_hdr.msg_controllen = cl_reply_control(&received[index].msg_hdr)
    }
    replyCount += 1
    return .answered
  }

  /// Keeps the datagram at `index`, which was answered last, with its response.
  @_noAllocation @_noLocks
  func keep(at index: Int, in tap: QueryTap) {
    let name = unsafe addresses + index * Self.line
    let response = replyCount - 1
    unsafe tap.keep(
      queries + index * Self.messageStride, length: Int(received[index].msg_len),
      response: responses + response * Self.messageStride, responseLength: replyVectors[response].iov_len,
      from: IPAddress(socketAddress: name), port: IPAddress.port(ofSocketAddress: name), isTCP: false)
  }

  /// Sends the datagram at `index` on to be explained.
  ///
  /// - Returns: false when too many others wait.
  @_noAllocation @_noLocks
  mutating func handOver(at index: Int, of worker: Int, in packet: inout ExplanationPacket, to socket: Int32)
    -> Bool
  {
    let name = unsafe addresses + index * Self.line
    var origin = unsafe ExplanationPacket.Origin(
      worker: worker, client: IPAddress(socketAddress: name),
      nameLength: Int(received[index].msg_hdr.msg_namelen))
    if controlSize > 0 { origin.controlLength = unsafe cl_reply_control(&received[index].msg_hdr) }
    return unsafe packet.send(
      queries + index * Self.messageStride, length: Int(received[index].msg_len), from: origin, name: name,
      control: received[index].msg_hdr.msg_control, to: socket)
  }

  /// Sends all responses of the batch. One that the kernel does not take is given up, as its asker will
  /// ask again and the others must not wait.
  ///
  /// - Returns: how many were sent.
  @_noAllocation @_noLocks
  mutating func send(to socket: Int32) -> Int {
    var next = 0
    var lost = 0
    while next < replyCount {
      do throws(Errno) {
        next += unsafe try System.sendBatch(socket, replies + next, count: replyCount - next)
      } catch {
        next += 1
        lost += 1
      }
    }
    return replyCount - lost
  }

  /// How many responses the batch has.
  var responseCount: Int { replyCount }
}
