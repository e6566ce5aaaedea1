// Unsafe file. Every access is checked against the number of slots that were ever in use: those, and only
// those, have been initialised, and the mapping has room for `capacity`, which they never exceed.

internal import DNSWire

/// A TCP worker's connections, in slots that are used over again.
@safe
struct ConnectionTable: ~Copyable {
  let capacity: Int
  /// Connections at present.
  private(set) var count = 0

  private let memory: MappedMemory
  private let slots: UnsafeMutablePointer<Connection>
  /// Slots that were ever in use. The others' memory is untouched.
  private var touched = 0
  /// Slots that are free again: the first, and for each the next. The last freed is used first, as its
  /// memory is the most likely to be in the cache.
  private var firstFree: Int?
  private var nextFree: IndexArray

  init(capacity: Int) throws(Errno) {
    let memory = try MappedMemory(byteCount: capacity * MemoryLayout<Connection>.stride)
    nextFree = try IndexArray(count: capacity)
    unsafe slots = memory.start.bindMemory(to: Connection.self, capacity: capacity)
    self.capacity = capacity
    self.memory = memory
  }

  /// The connection in a slot that is or was in use.
  subscript(slot: Int) -> Connection {
    @_noAllocation @_noLocks
    unsafeAddress {
      precondition(slot >= 0 && slot < touched)
      return unsafe UnsafePointer(slots + slot)
    }
    @_noAllocation @_noLocks
    unsafeMutableAddress {
      precondition(slot >= 0 && slot < touched)
      return unsafe slots + slot
    }
  }

  /// The slot of the connection of a generation; nil when it is closed.
  @_noAllocation @_noLocks
  func slot(_ slot: Int, ofGeneration generation: UInt32) -> Int? {
    guard slot >= 0, slot < touched, unsafe slots[slot].generation == generation else { return nil }
    return slot
  }

  /// Puts a connection in a slot; nil when there is none.
  @_noAllocation @_noLocks
  mutating func insert(
    socket: Int32, client: IPAddress, port: UInt16, clientIndex: Int, now: Int64
  ) -> Int? {
    var generation: UInt32 = 1
    let slot: Int
    if let free = firstFree {
      slot = free
      firstFree = nextFree[free]
      generation = unsafe slots[slot].generation
    } else {
      guard touched < capacity else { return nil }
      slot = touched
      touched += 1
    }
    unsafe (slots + slot).initialize(
      to: Connection(
        socket: socket, generation: generation, client: client, port: port, clientIndex: clientIndex,
        now: now))
    count += 1
    return slot
  }

  /// Frees a slot in use. What is left of it belongs to a generation that is yet to come.
  @_noAllocation @_noLocks
  mutating func remove(_ slot: Int) {
    precondition(slot >= 0 && slot < touched)
    let generation = unsafe slots[slot].generation
    unsafe slots[slot].generation = generation == 0x7fff_ffff ? 1 : generation + 1
    nextFree[slot] = firstFree
    firstFree = slot
    count -= 1
  }
}
