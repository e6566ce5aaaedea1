import Glibc

/// A pipe whose read end does not block.
final class Pipe {
  private var readEnd: Int32
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { fatalError("no pipe") }
    readEnd = ends[0]
    writeEnd = ends[1]
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
  }

  /// What has been written and not yet been read.
  func readAvailable() -> String? {
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(readEnd, &chunk, chunk.count)
      guard count > 0 else { break }
      octets += chunk[..<count]
    }
    return octets.isEmpty ? nil : String(decoding: octets, as: UTF8.self)
  }

  func closeReadEnd() {
    close(readEnd)
    readEnd = -1
  }

  deinit {
    if readEnd >= 0 { close(readEnd) }
    close(writeEnd)
  }
}
