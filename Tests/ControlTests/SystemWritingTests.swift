import Glibc
import Synchronization
import Testing

@testable import Control

struct SystemWritingTests {
  /// More than a pipe holds, by a writer whose descriptor does not wait.
  @Test func waitsForASlowReader() throws {
    let pipe = Pipe()
    let writeEnd = pipe.writeEnd
    _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK)
    let octets = [UInt8](repeating: UInt8(ascii: "a"), count: 300_000)
    let result = Mutex<Result<Void, SystemError>?>(nil)
    // Not a task, which other tests might keep from running.
    BackgroundThread.start {
      let written = Result { () throws(SystemError) in
        try System.write(octets, to: writeEnd, called: "to the pipe")
      }
      result.withLock { $0 = written }
    }
    var count = 0
    let deadline = ContinuousClock.now + .seconds(20)
    while count < octets.count, ContinuousClock.now < deadline {
      count += pipe.readAvailable()?.utf8.count ?? 0
    }
    #expect(count == octets.count)
    while result.withLock({ $0 == nil }), ContinuousClock.now < deadline {}
    let outcome = result.withLock { $0 }
    #expect(throws: Never.self) { try outcome?.get() }
    #expect(outcome != nil)
  }

  @Test func tellsWhatWasLost() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(throws: SystemError(action: "write to the disk", code: ENOSPC)) {
      try System.write([1], to: descriptor, called: "to the disk")
    }
    #expect(throws: SystemError(action: "write to nobody", code: EBADF)) {
      try System.write([1], to: -1, called: "to nobody")
    }
  }
}
