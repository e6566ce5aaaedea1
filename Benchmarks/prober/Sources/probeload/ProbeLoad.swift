import DNSWire
import Glibc
import Health
import Probing
import Steering
import Transport

/// Probes many addresses over HTTP with the server's prober, and nothing else, until it is killed. Prints a line
/// of JSON each second; in the first one there are no targets yet.
///
/// usage: probeload TARGETS FIRST-ADDRESS PORT INTERVAL-MILLISECONDS TIMEOUT-MILLISECONDS
@main
struct ProbeLoad {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.compactMap { Int($0) }
    guard words.count == 5, numbers.count == 4, let first = IPAddress(words[2]), first.family == .v4,
      let port = UInt16(exactly: numbers[1])
    else {
      say(
        "usage: probeload TARGETS FIRST-ADDRESS PORT INTERVAL-MILLISECONDS TIMEOUT-MILLISECONDS",
        to: STDERR_FILENO)
      exit(64)
    }
    OpenFileLimit.raise(to: 8_192)
    let prober = try Prober { _, _ in }
    usleep(200_000)
    tell(prober.counters)
    prober.update(add: targets(numbers[0], from: first, port, every: numbers[2], within: numbers[3]))
    while true {
      sleep(1)
      tell(prober.counters)
    }
  }

  private static func targets(
    _ count: Int, from first: IPAddress, _ port: UInt16, every interval: Int, within timeout: Int
  ) -> [(id: Target.ID, target: Target)] {
    var check = CheckDefinition(name: "bench", probe: .http(HTTPProbe()))
    check.port = port
    check.interval = .milliseconds(interval)
    check.timeout = .milliseconds(timeout)
    return (0..<count).map { number in
      let address = IPAddress(v4: UInt32(truncatingIfNeeded: first.low) + UInt32(number))
      return (Target.ID(rawValue: number), Target(check, of: .address(address)))
    }
  }

  private static func tell(_ counters: ProbeCounters) {
    let fields: [(String, UInt64)] = [
      ("targets", UInt64(counters.targets)), ("started", counters.started), ("finished", counters.finished),
      ("succeeded", counters[.success]), ("late", counters.late), ("waited", counters.waited),
      ("resident", resident),
    ]
    say("{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}", to: STDOUT_FILENO)
  }

  /// Unbuffered, as lines are read while this goes on.
  private static func say(_ line: String, to descriptor: Int32) {
    let octets = Array((line + "\n").utf8)
    _ = write(descriptor, octets, octets.count)
  }

  /// Octets of this process that are in memory.
  private static var resident: UInt64 {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 100)
    fgets(&text, 100, file)
    let pages = String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
    return (pages.count > 1 ? UInt64(pages[1]) ?? 0 : 0) * UInt64(getpagesize())
  }
}
