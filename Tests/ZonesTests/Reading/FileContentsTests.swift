import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Zones

@Suite struct FileContentsTests {
  /// Nothing that reading could wait for.
  @Test(arguments: ["pipe", "/dev/zero", "/dev/null", "/dev/tty"]) func specialFile(_ name: String) throws {
    let folder = TemporaryFolder()
    let path = name.hasPrefix("/") ? name : "\(folder.path)/\(name)"
    if path != name { #expect(mkfifo(path, 0o600) == 0) }
    defer { if path != name { unlink(path) } }
    do {
      _ = try FileContents(path: path)
      Issue.record("\(path) was read")
    } catch {
      // A process without a terminal cannot open it at all.
      #expect(
        "\(error)" == "it is a pipe, a device or a socket; name a regular file"
          || name == "/dev/tty" && "\(error)" == "No such device or address")
    }
  }

  @Test func stampIsOfWhatWasRead() throws {
    let folder = TemporaryFolder()
    folder.write("a", "one")
    folder.write("b", "other")
    let (a, b) = (try FileContents(path: "\(folder.path)/a"), try FileContents(path: "\(folder.path)/b"))
    #expect(a.octets == Array("one".utf8) && a.stamp.size == 3)
    #expect(b.octets == Array("other".utf8) && b.stamp.size == 5)
    #expect(!a.stamp.isOfSameFile(as: b.stamp) && a.hash != b.hash)
    folder.write("b", "one")
    let same = try FileContents(path: "\(folder.path)/b")
    #expect(same.hash == a.hash && same.stamp != b.stamp && same.stamp != a.stamp)
  }

  /// A file that grows all the time is refused; what is taken is never half of one state and half of
  /// another.
  @Test func fileIsWrittenMeanwhile() throws {
    let folder = TemporaryFolder()
    folder.write("growing", String(repeating: "x", count: 1 << 20))
    let path = "\(folder.path)/growing"
    let writer = Writer(path)
    defer { writer.stop() }
    var refused = 0
    // How soon the writer gets a turn between the two looks at the file is the machine's affair.
    let deadline = ContinuousClock.now + .seconds(30)
    while refused == 0, ContinuousClock.now < deadline {
      do {
        let contents = try FileContents(path: path)
        #expect(contents.octets.count == Int(contents.stamp.size))
      } catch FileContents.ReadError.changing {
        refused += 1
      }
    }
    #expect(refused > 0)
  }

  /// Appends to a file on a thread of its own.
  private final class Writer: Sendable {
    private let path: String
    private let isOver = Atomic(false)
    private let thread = Mutex(pthread_t())

    init(_ path: String) {
      self.path = path
      let argument = Unmanaged.passUnretained(self).toOpaque()
      thread.withLock { thread in
        _ = pthread_create(
          &thread, nil,
          { argument in
            Unmanaged<Writer>.fromOpaque(argument!).takeUnretainedValue().run()
            return nil
          }, argument)
      }
    }

    private func run() {
      let descriptor = open(path, O_WRONLY | O_APPEND)
      while !isOver.load(ordering: .relaxed) { write(descriptor, "x", 1) }
      close(descriptor)
    }

    func stop() {
      isOver.store(true, ordering: .relaxed)
      thread.withLock { thread in _ = pthread_join(thread, nil) }
    }
  }
}

/// Content is told from other content, wherever the difference is.
@Suite struct ContentHashTests {
  @Test func everyOctetCounts() {
    var random = SplitMix64.random()
    let seed = random.seed
    for length in 0..<70 {
      let octets = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let hash = ContentHash.of(octets.span.bytes)
      #expect(ContentHash.of(Array(octets).span.bytes) == hash)
      for place in 0..<length {
        var other = octets
        other[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        #expect(ContentHash.of(other.span.bytes) != hash, "octet \(place) of \(length), seed \(seed)")
        other = octets
        other.swapAt(place, Int.random(in: 0..<length, using: &random))
        #expect(
          other == octets || ContentHash.of(other.span.bytes) != hash,
          "swap at \(place) of \(length), seed \(seed)")
      }
    }
  }

  @Test func lengthCounts() {
    let hashes = (0..<200).map { ContentHash.of([UInt8](repeating: 0, count: $0).span.bytes) }
    #expect(Set(hashes).count == hashes.count)
  }
}
