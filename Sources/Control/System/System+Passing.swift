// Unsafe file. Descriptors and octets are passed by pointer, with their sizes; descriptors that come are owned by
// nobody else.
import CLinux
import Glibc

extension System {
  /// The most descriptors of one message.
  static let passedFiles = Int(CL_FILES)

  /// Sends octets, at least one, with descriptors, without waiting. They arrive with the first octet.
  ///
  /// - Returns: how many octets were taken, 0 for now; nil: the connection has failed.
  static func send(_ socket: OpenFile, _ octets: ArraySlice<UInt8>, with files: ArraySlice<Int32>) -> Int? {
    while true {
      let count = unsafe octets.withUnsafeBytes { octets in
        unsafe files.withUnsafeBufferPointer { files in
          unsafe cl_send_files(
            socket.number, octets.baseAddress, octets.count, files.baseAddress, files.count)
        }
      }
      if count >= 0 { return count }
      if count == 0 - Int(EAGAIN) { return 0 }
      if count != 0 - Int(EINTR) { return nil }
    }
  }

  /// Reads up to `limit` octets and the descriptors that came with them, without waiting.
  static func receiveWithFiles(_ socket: OpenFile, limit: Int) -> (Received, files: [OpenFile]) {
    var numbers = [Int32](repeating: -1, count: passedFiles)
    var fileCount = numbers.count
    var count = 0 - Int(EINTR)
    let octets = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, length in
      while count == 0 - Int(EINTR) {
        fileCount = numbers.count
        count = unsafe cl_receive_files(socket.number, buffer.baseAddress, limit, &numbers, &fileCount)
      }
      length = max(0, count)
    }
    let files = numbers.prefix(count > 0 ? fileCount : 0).map { OpenFile($0) }
    if count > 0 { return (.octets(octets), files) }
    return (count == 0 - Int(EAGAIN) ? .nothingYet : .end, files)
  }

  /// Who connected, or listens, at the other end of a Unix socket.
  static func peer(of socket: OpenFile) -> (user: UInt32, process: Int32)? {
    var process: Int32 = 0
    let user = unsafe cl_peer_user(socket.number, &process)
    return UInt32(exactly: user).map { ($0, process) }
  }

  /// A file without a name that holds `contents`, to be read from its beginning.
  static func memoryFile(with contents: [UInt8]) throws(SystemError) -> OpenFile {
    let number = unsafe cl_memory_file("swiftlet")
    guard number >= 0 else { throw SystemError(action: "make a file in memory", code: 0 - number) }
    let file = OpenFile(number)
    try write(contents, to: number, called: "a file in memory")
    return file
  }

  /// What an open file of at most `limit` octets holds, wherever it has been read up to.
  static func contents(of file: OpenFile, limit: Int) throws(SystemError) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe pread(file.number, &chunk, chunk.count, contents.count)
      if count == 0 { return contents }
      guard count > 0 else { throw SystemError(action: "read an open file", code: errno) }
      contents += chunk[..<count]
      guard contents.count <= limit else { throw SystemError(action: "read an open file", code: EFBIG) }
    }
  }
}
