// Unsafe file. Arguments and environment are passed as arrays of copied strings, which live until the call is
// over and are freed then.

import CLinux
import Glibc
import Transport

extension System {
  /// Runs a program in a process group of its own, with no other descriptors than its output and /dev/null.
  ///
  /// - Returns: the process, and where its output can be read without waiting.
  static func spawn(_ program: Program) throws(Errno) -> (process: Int32, output: Int32) {
    guard !program.arguments.isEmpty else { throw Errno(rawValue: ENOENT) }
    var ends: (Int32, Int32) = (-1, -1)
    let status = unsafe withUnsafeMutableBytes(of: &ends) { ends in
      unsafe cl_pipe(ends.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    _ = try value(of: { Int(status) })
    defer { close(ends.1) }
    let arguments = unsafe program.arguments.map { unsafe strdup($0) } + [nil]
    let environment = unsafe program.environment.map { unsafe strdup($0) } + [nil]
    defer {
      let copies = unsafe arguments + environment
      for index in unsafe copies.indices { unsafe free(copies[index]) }
    }
    let process = unsafe cl_spawn(arguments, environment, ends.1)
    guard process > 0 else {
      close(ends.0)
      throw Errno(rawValue: -process)
    }
    return (process, ends.0)
  }

  /// Tells in `epoll` when a process ends.
  ///
  /// - Returns: a descriptor, which is to be closed then.
  static func watchProcess(_ process: Int32, in events: EventPoll, as token: UInt64) throws(Errno) -> Int32 {
    let descriptor = Int32(try value(of: { Int(cl_process_file(process)) }))
    do throws(Errno) {
      try events.watch(descriptor, as: token)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Ends all processes of a group, whose first one has not been reaped.
  static func killGroup(_ process: Int32) {
    kill(-process, SIGKILL)
  }

  /// Waits for the end of a child, which has ended or has been killed.
  static func reap(_ process: Int32) -> ProgramOutput.End {
    let status = (try? value(of: { Int(cl_reap(process)) })) ?? 0
    // As wait(2) encodes it.
    return status & 0x7f == 0 ? .exit(Int32(status >> 8 & 0xff)) : .signal(Int32(status & 0x7f))
  }

  /// Reads what there is, up to the buffer's size; 0: the other end is closed.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8]) throws(Errno) -> Int {
    try value {
      unsafe buffer.withUnsafeMutableBytes { unsafe cl_read(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// The value of PATH.
  static var path: String? {
    guard let text = unsafe getenv("PATH") else { return nil }
    return unsafe String(cString: text)
  }
}
