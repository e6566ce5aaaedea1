// Unsafe file. Memory grown with realloc while it is built, and owned by one object afterwards. Each
// store checks that it lies inside what has been appended so far.

import Glibc

/// Memory that compiled data lies in: written once by an `ArenaBuilder`, then only read.
@safe
final class Arena: @unchecked Sendable {  // Sendable: nothing writes it after `ArenaBuilder.finish()`.
  let view: ArenaView
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
@safe
struct ArenaBuilder: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    guard let memory = unsafe malloc(self.capacity) else { fatalError("out of memory for a zone") }
    unsafe self.memory = memory
  }

  deinit {
    unsafe free(memory)
  }

  /// The arena, with eight octets of zero behind the data so that a name's end can be read as a word.
  consuming func finish() -> Arena {
    append(zeros: 8)
    let count = self.count
    let memory = unsafe realloc(self.memory, count) ?? self.memory
    discard self
    return unsafe Arena(memory, count: count)
  }

  mutating func append(octet: UInt8) {
    reserve(1)
    unsafe memory.storeBytes(of: octet, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  mutating func append(uint16 value: UInt16) {
    reserve(2)
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: UInt16.self)
    count += 2
  }

  /// Four 16-bit integers, one after the other.
  mutating func append(_ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16) {
    reserve(8)
    unsafe (memory + count).storeBytes(
      of: (first, second, third, fourth), as: (UInt16, UInt16, UInt16, UInt16).self)
    count += 8
  }

  mutating func append(uint32 value: UInt32) {
    reserve(4)
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: UInt32.self)
    count += 4
  }

  mutating func append(zeros length: Int) {
    reserve(length)
    unsafe (memory + count).initializeMemory(as: UInt8.self, repeating: 0, count: length)
    count += length
  }

  mutating func append(_ octets: RawSpan) {
    reserve(octets.byteCount)
    unsafe octets.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe (memory + count).copyMemory(from: start, byteCount: source.count)
    }
    count += octets.byteCount
  }

  mutating func store(octet value: UInt8, at offset: Int) {
    precondition(offset >= 0 && offset < count)
    unsafe memory.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  mutating func store(uint32 value: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= count)
    unsafe memory.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }

  mutating func store(uint64 value: UInt64, at offset: Int) {
    precondition(offset >= 0 && offset + 8 <= count)
    unsafe memory.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }

  func uint64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset + 8 <= count)
    return unsafe memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(min(capacity * 2, 1 << 32), count + more)
    precondition(capacity <= 1 << 32, "a compiled zone is limited to 4 GiB")
    guard let memory = unsafe realloc(self.memory, capacity) else { fatalError("out of memory for a zone") }
    unsafe self.memory = memory
  }
}
