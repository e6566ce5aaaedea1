// Unsafe file. The kernel writes at most as many events as the array has elements, and only those that it wrote
// are read; of the union in each, only the member that `watch` has set.

import CLinux
import Glibc
import Transport

/// Tells which of many descriptors have become ready (epoll, edge-triggered).
@safe
final class EventPoll {
  /// What a descriptor is ready for, and whose it is.
  struct Event {
    let token: UInt64
    fileprivate let flags: UInt32

    var hasFailed: Bool { flags & EPOLLERR.rawValue != 0 }
    /// Something can be received, be it the end.
    var isReadable: Bool { flags & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 }
    /// The peer sends nothing more than what has come.
    var isEnding: Bool { flags & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 }
  }

  private let descriptor: Int32
  private var events: [epoll_event]

  /// - Parameters:
  ///   - descriptor: of epoll_create(2), which it closes in the end.
  ///   - capacity: how many events are told of at a time.
  init(_ descriptor: Int32, capacity: Int) {
    self.descriptor = descriptor
    unsafe events = [epoll_event](repeating: epoll_event(), count: capacity)
  }

  deinit { System.close(descriptor) }

  /// Tells from now on each time that the descriptor becomes ready to be read or written, until it is closed.
  func watch(_ watched: Int32, as token: UInt64) throws(Errno) {
    try System.watch(watched, in: descriptor, as: token)
  }

  /// Waits for events for at most `milliseconds`; -1: for as long as it takes. Returns how many there are.
  func wait(milliseconds: Int32) throws(Errno) -> Int {
    let descriptor = descriptor
    let count = unsafe events.withUnsafeMutableBufferPointer { events in
      unsafe cl_epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
    }
    if count >= 0 { return Int(count) }
    // How long to wait has changed meanwhile.
    if count == -EINTR { return 0 }
    throw Errno(rawValue: -count)
  }

  /// An event, by an index below what `wait` returned.
  subscript(index: Int) -> Event {
    unsafe Event(token: events[index].data.u64, flags: events[index].events)
  }
}
