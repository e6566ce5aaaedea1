import Glibc

/// Ends the process with a message, so that libFuzzer keeps the input that led here.
public func finding(_ message: String, _ messages: [UInt8]...) -> Never {
  var text = "\nFINDING: \(message)\n"
  for octets in messages {
    text += octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
  }
  let octets = Array(text.utf8)
  _ = write(STDERR_FILENO, octets, octets.count)
  abort()
}
