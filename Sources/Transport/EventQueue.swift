// Unsafe file. The kernel writes at most `capacity` events where the mapping has room for as many, and
// only those that it wrote are read.

internal import CLinux
internal import Glibc

/// Tells which of many sockets are ready (epoll, level-triggered).
@safe
struct EventQueue: ~Copyable {
  /// What a socket is waited for to be. Errors and hang-ups are told in any case.
  enum Interest {
    case nothing, reading, writing
  }

  private static var capacity: Int { 64 }

  private let descriptor: Descriptor
  /// The descriptor's number, as the data path does not touch objects.
  private let number: Int32
  private let memory: MappedMemory
  private let events: UnsafeMutablePointer<epoll_event>

  init() throws(Errno) {
    let memory = try MappedMemory(byteCount: unsafe Self.capacity * MemoryLayout<epoll_event>.stride)
    let descriptor = try System.epoll()
    unsafe events = memory.start.bindMemory(to: epoll_event.self, capacity: Self.capacity)
    self.memory = memory
    self.descriptor = descriptor
    number = descriptor.number
  }

  private static func flags(_ interest: Interest) -> UInt32 {
    switch interest {
    case .nothing: 0
    case .reading: EPOLLIN.rawValue
    case .writing: EPOLLOUT.rawValue
    }
  }

  /// Waits for a socket from now on; closing it ends that.
  @_noAllocation @_noLocks
  mutating func add(_ socket: Int32, for interest: Interest, as token: EventToken) throws(Errno) {
    try System.epollAdd(number, socket, Self.flags(interest), token.rawValue)
  }

  /// Changes what a socket is waited for to be.
  @_noAllocation @_noLocks
  mutating func change(_ socket: Int32, to interest: Interest, as token: EventToken) throws(Errno) {
    try System.epollModify(number, socket, Self.flags(interest), token.rawValue)
  }

  /// Waits for any of the sockets, for at most `milliseconds`; -1: for as long as it takes.
  ///
  /// - Returns: how many events there are.
  @_noAllocation @_noLocks
  mutating func wait(milliseconds: Int32) throws(Errno) -> Int {
    try unsafe System.epollWait(number, events, count: Self.capacity, milliseconds: milliseconds)
  }

  /// Whether the event, at an index below what `wait` returned, is that a connection has been reset.
  @_noAllocation @_noLocks
  func isReset(at index: Int) -> Bool {
    precondition(index >= 0 && index < Self.capacity)
    return unsafe events[index].events & EPOLLHUP.rawValue != 0
  }

  /// Whose event it is, at an index below what `wait` returned.
  @_noAllocation @_noLocks
  func token(at index: Int) -> EventToken {
    precondition(index >= 0 && index < Self.capacity)
    return EventToken(rawValue: unsafe events[index].data.u64)
  }
}
