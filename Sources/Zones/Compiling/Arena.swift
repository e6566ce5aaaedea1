// Unsafe file. Memory grown with realloc while it is built, and owned by one object afterwards. Each
// store checks that it lies inside what has been appended so far.

import CLinux
import Glibc

/// Memory that compiled data lies in: written once by an `ArenaBuilder`, then only read.
@safe
package final class Arena: @unchecked Sendable {  // Sendable: nothing writes it after `finish()`.
  package let view: ArenaView
  private let memory: UnsafeMutableRawPointer

  fileprivate init(_ memory: UnsafeMutableRawPointer, count: Int) {
    unsafe self.memory = memory
    unsafe view = ArenaView(base: memory, count: count)
  }

  deinit {
    unsafe free(memory)
  }
}

/// Appends compiled data to an arena, in the machine's byte order. Offsets fit 32 bits.
///
/// What there is no room for is dropped, and `isFull` says so for good: then the arena is of no use.
@safe
package struct ArenaBuilder: ~Copyable {
  /// The most octets that an arena may have.
  static let limit = 0xffff_0000

  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  package private(set) var count = 0
  package private(set) var isFull = false

  package init(capacity: Int) {
    let wanted = min(max(capacity, 64), Self.limit)
    if let memory = unsafe malloc(wanted) {
      unsafe self.memory = memory
      self.capacity = wanted
    } else {
      // It may do with less than was estimated.
      guard let memory = unsafe malloc(64) else { fatalError("out of memory") }
      unsafe self.memory = memory
      self.capacity = 64
    }
  }

  /// Begins on a cache line.
  ///
  /// - Parameter capacity: all that there will be.
  init(alignedCapacity capacity: Int) {
    let size = Self.aligned(capacity + Self.endSize)
    guard let memory = unsafe aligned_alloc(64, size) else { fatalError("out of memory") }
    unsafe self.memory = memory
    self.capacity = size
  }

  /// Where the next cache line begins.
  static func aligned(_ offset: Int) -> Int { (offset + 63) & ~63 }

  deinit {
    unsafe free(memory)
  }

  /// Octets of zero behind the data, so that a name's end can be read as a word.
  private static var endSize: Int { 8 }

  /// The arena with its end.
  package consuming func finish() -> Arena {
    append(zeros: Self.endSize)
    let count = self.count
    let memory = unsafe realloc(self.memory, count) ?? self.memory
    discard self
    return unsafe Arena(memory, count: count)
  }

  mutating func append(octet: UInt8) {
    guard reserve(1) else { return }
    unsafe memory.storeBytes(of: octet, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  mutating func append(uint16 value: UInt16) {
    guard reserve(2) else { return }
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: UInt16.self)
    count += 2
  }

  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ numbers: [Number]) {
    unsafe numbers.withUnsafeBytes { source in
      guard let start = source.baseAddress, reserve(source.count) else { return }
      unsafe (memory + count).copyMemory(from: start, byteCount: source.count)
      count += source.count
    }
  }

  /// Four 16-bit integers as one of 64 bits, the first in the lowest ones.
  mutating func append(_ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16) {
    append(uint64: UInt64(first) | UInt64(second) << 16 | UInt64(third) << 32 | UInt64(fourth) << 48)
  }

  package mutating func append(uint32 value: UInt32) {
    guard reserve(4) else { return }
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: UInt32.self)
    count += 4
  }

  package mutating func append(uint64 value: UInt64) {
    guard reserve(8) else { return }
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: UInt64.self)
    count += 8
  }

  package mutating func append(zeros length: Int) {
    guard reserve(length) else { return }
    unsafe (memory + count).initializeMemory(as: UInt8.self, repeating: 0, count: length)
    count += length
  }

  mutating func append(_ octets: RawSpan) {
    guard reserve(octets.byteCount) else { return }
    unsafe octets.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe (memory + count).copyMemory(from: start, byteCount: source.count)
    }
    count += octets.byteCount
  }

  mutating func append(_ octets: ArenaView) {
    guard reserve(octets.count) else { return }
    unsafe (memory + count).copyMemory(from: octets.base, byteCount: octets.count)
    count += octets.count
  }

  package mutating func store(uint32 value: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= count)
    unsafe memory.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }

  package mutating func store(uint64 value: UInt64, at offset: Int) {
    precondition(offset >= 0 && offset + 8 <= count)
    unsafe memory.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }

  /// Has what is at `offset` fetched, while other work goes on. The offset need not lie inside.
  func prefetch(at offset: Int) {
    unsafe cl_prefetch(UInt(bitPattern: memory) &+ UInt(bitPattern: offset))
  }

  func uint64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset + 8 <= count)
    return unsafe memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  // Whether there is room for `more` octets.
  private mutating func reserve(_ more: Int) -> Bool {
    if count + more <= capacity { return true }
    let wanted = min(max(capacity * 2, count + more), Self.limit)
    guard !isFull, count + more <= wanted, let memory = unsafe realloc(self.memory, wanted) else {
      isFull = true
      return false
    }
    capacity = wanted
    unsafe self.memory = memory
    return true
  }
}
