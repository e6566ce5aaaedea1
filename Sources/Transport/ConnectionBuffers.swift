// Unsafe file. The octets of a TCP worker's connections, in one mapping: an input for each slot, then the
// chunks of output. Slots and chunks are checked against their number, offsets against the size of what
// they are in; so the kernel and the answerer are only ever given memory inside one input or one chunk.

internal import Answering
internal import DNSWire
internal import Glibc

/// Room for what connections have sent, and for what they are still to take.
@safe
struct ConnectionBuffers: ~Copyable {
  /// The longest query that is read in whole, in octets.
  static var maximumQuery: Int { 4096 }
  /// The longest response, in octets (RFC 1035 §4.2.2).
  static var maximumResponse: Int { 65535 }
  /// The length that precedes each message, in octets.
  static var prefixSize: Int { 2 }
  /// Octets of input: one query.
  private static var inputSize: Int { prefixSize + maximumQuery }
  /// Octets of responses beyond which no further one is made before they are sent.
  static var batchSize: Int { 64 << 10 }
  /// Octets of a chunk: a batch, and one response of any length that takes it over that, in whole pages.
  private static var chunkSize: Int { 33 * 4096 }

  /// A line more than a power of two, lest inputs all compete for the same few places of the processor's
  /// caches. In whole lines.
  private static var inputStride: Int { 4096 + 64 }

  private let memory: MappedMemory
  private let inputs: UnsafeMutableRawPointer
  private let chunks: UnsafeMutableRawPointer
  private let slotCount: Int
  private let chunkCount: Int

  init(slots: Int, chunks chunkCount: Int) throws(Errno) {
    let inputSize = (slots * Self.inputStride + 4095) & ~4095
    let memory = try MappedMemory(byteCount: inputSize + chunkCount * Self.chunkSize)
    unsafe inputs = memory.start
    unsafe chunks = memory.start + inputSize
    slotCount = slots
    self.chunkCount = chunkCount
    self.memory = memory
  }

  /// The octet at `offset` of a slot's input. With `count` to follow it must lie inside.
  @_noAllocation @_noLocks @unsafe @inline(__always)
  private func input(_ slot: Int, at offset: Int, count: Int) -> UnsafeMutableRawPointer {
    precondition(slot >= 0 && slot < slotCount)
    precondition(offset >= 0 && count >= 0 && offset + count <= Self.inputSize)
    return unsafe inputs + slot * Self.inputStride + offset
  }

  @_noAllocation @_noLocks @unsafe @inline(__always)
  private func chunk(_ chunk: Int, at offset: Int, count: Int) -> UnsafeMutableRawPointer {
    precondition(chunk >= 0 && chunk < chunkCount)
    precondition(offset >= 0 && count >= 0 && offset + count <= Self.chunkSize)
    return unsafe chunks + chunk * Self.chunkSize + offset
  }

  /// Fills up a slot's input from `offset` with what there is to read, without waiting.
  ///
  /// - Returns: how many octets; 0 at the end of what the client sends.
  @_noAllocation @_noLocks
  mutating func receive(from socket: Int32, into slot: Int, at offset: Int) throws(Errno) -> Int {
    let room = Self.inputSize - offset
    return try unsafe System.receive(socket, input(slot, at: offset, count: room), count: room)
  }

  /// The length that the octets at `offset` of a slot's input announce.
  @_noAllocation @_noLocks
  func messageLength(in slot: Int, at offset: Int) -> Int {
    let prefix = unsafe input(slot, at: offset, count: Self.prefixSize)
    return Int(UInt16(bigEndian: unsafe prefix.loadUnaligned(as: UInt16.self)))
  }

  /// Moves `count` octets at `offset` of a slot's input to its beginning.
  @_noAllocation @_noLocks
  mutating func moveInput(of slot: Int, from offset: Int, count: Int) {
    let source = unsafe input(slot, at: offset, count: count)
    unsafe input(slot, at: 0, count: count).copyMemory(from: source, byteCount: count)
  }

  /// Answers the `length` octets at `offset` of a slot's input, into `chunk` at `end`, which must leave
  /// room for the longest response and its prefix.
  ///
  /// - Returns: how many octets were added to the chunk; 0: there is no response.
  @_noAllocation @_noLocks
  mutating func answer(
    _ slot: Int, at offset: Int, length: Int, from client: IPAddress, with answerer: inout Answerer,
    into chunk: Int, at end: Int
  ) -> Int {
    let prefix = unsafe self.chunk(chunk, at: end, count: Self.prefixSize + Self.maximumResponse)
    let response = unsafe answerer.answer(
      input(slot, at: offset, count: length), length: length, from: client, over: .tcp,
      into: prefix + Self.prefixSize, capacity: Self.maximumResponse)
    if response == 0 { return 0 }
    unsafe prefix.storeBytes(of: UInt16(truncatingIfNeeded: response).bigEndian, as: UInt16.self)
    return Self.prefixSize + response
  }

  /// Keeps the query of `length` octets at `offset` of a slot's input, and its response, which `chunk` has with its
  /// prefix in the `responseLength` octets at `end`.
  @_noAllocation @_noLocks
  func keep(
    _ slot: Int, at offset: Int, length: Int, from client: IPAddress, port: UInt16, in tap: QueryTap,
    response chunk: Int, at end: Int, responseLength: Int
  ) {
    unsafe tap.keep(
      input(slot, at: offset, count: length), length: length,
      response: self.chunk(chunk, at: end, count: responseLength) + Self.prefixSize,
      responseLength: responseLength - Self.prefixSize, from: client, port: port, isTCP: true)
  }

  /// Sends the `length` octets at `offset` of a slot's input on to be explained.
  ///
  /// - Returns: false when too many others wait.
  @_noAllocation @_noLocks
  func handOver(
    _ slot: Int, at offset: Int, length: Int, from origin: ExplanationPacket.Origin,
    in packet: inout ExplanationPacket, to socket: Int32
  ) -> Bool {
    unsafe packet.send(
      input(slot, at: offset, count: length), length: length, from: origin, name: nil, control: nil,
      to: socket)
  }

  /// Adds an explanation to `chunk` at `end`.
  ///
  /// - Returns: how many octets were added; nil when there is no room for them.
  @_noAllocation @_noLocks
  mutating func append(_ explanation: borrowing ExplanationResponses, to chunk: Int, at end: Int) -> Int? {
    let length = explanation.length
    guard end >= 0, length <= Self.chunkSize - end else { return nil }
    unsafe explanation.copy(to: self.chunk(chunk, at: end, count: length))
    return length
  }

  /// Sends `start..<end` of a chunk as far as it goes without waiting.
  ///
  /// - Returns: how many octets were taken.
  @_noAllocation @_noLocks
  func send(_ chunk: Int, from start: Int, to end: Int, to socket: Int32) throws(Errno) -> Int {
    try unsafe System.send(socket, self.chunk(chunk, at: start, count: end - start), count: end - start)
  }
}
