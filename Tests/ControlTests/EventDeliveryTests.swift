import Glibc
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Control

/// How events get to a command and to a post.
struct EventDeliveryTests {
  private static func script(_ folder: TemporaryFolder, _ text: String) -> String {
    let path = folder.write("script", "#!/bin/sh\n\(text)\n")
    chmod(path, 0o755)
    return path
  }

  @Test func command() {
    let folder = TemporaryFolder()
    let path = Self.script(folder, #"env > "$1/out"; echo "$2" >> "$1/out""#)
    setenv("SWIFTLET_TEST_SECRET", "x", 1)
    #expect(EventCommand([path, folder.path, "two words; $HOME"]).deliver(StateEventTests.flip()) == nil)
    let lines = (folder.read("out") ?? "").split(separator: "\n").map(String.init)
    for variable in StateEventTests.flip().environment { #expect(lines.contains(variable)) }
    #expect(lines.last == "two words; $HOME")
    // Nothing of the server's own environment.
    #expect(!lines.contains { $0.hasPrefix("SWIFTLET_TEST_SECRET") || $0.hasPrefix("HOME=") })
  }

  @Test(
    arguments: [
      ("exit 3", "it ended with status 3"), ("kill -TERM $$", "it was ended by signal 15"),
      // Neither is held back or ignored, as it is in the server.
      ("kill -PIPE $$", "it was ended by signal 13"), ("kill -HUP $$", "it was ended by signal 1"),
      ("exec sleep 60", "it took longer than 100ms, and was killed"),
      ("trap '' TERM INT; sleep 60 & wait", "it took longer than 100ms, and was killed"),
      ("exec 0</proc/self/fd/0; read line && exit 4; exit 0", nil), ("exit 0", nil),
    ] as [(String, String?)]) func endings(_ text: String, _ failure: String?)
  {
    let folder = TemporaryFolder()
    let timeout: Duration = failure?.hasPrefix("it took") == true ? .milliseconds(100) : .seconds(30)
    #expect(
      EventCommand([Self.script(folder, text)], timeout: timeout).deliver(StateEventTests.flip()) == failure)
  }

  /// What a script that is killed has started goes with it.
  @Test func killedWithItsChildren() throws {
    let folder = TemporaryFolder()
    let path = Self.script(folder, #"sleep 60 & echo $! > "$1/new"; mv "$1/new" "$1/pid"; wait"#)
    #expect(
      EventCommand([path, folder.path], timeout: .milliseconds(500)).deliver(StateEventTests.flip()) != nil)
    let child = try #require(folder.read("pid").flatMap { Int32($0.dropLast()) })
    var state: String?
    // A signal takes its time to end a process that waits for a core.
    for _ in 0..<1_000 {
      state = (try? System.contents(of: "/proc/\(child)/stat", limit: 4_096)).map {
        String(decoding: $0, as: UTF8.self)
      }
      // Whoever takes over orphans may leave it as a zombie for a while.
      if state == nil || state?.contains(") Z ") == true { return }
      usleep(5_000)
    }
    Issue.record("the child lives on: \(state ?? "")")
  }

  @Test func commandThatCannotBeRun() {
    let folder = TemporaryFolder()
    let path = folder.write("data", "x")
    #expect(
      EventCommand([path]).deliver(StateEventTests.flip()) == "cannot run \(path): Permission denied")
    #expect(
      EventCommand(["/nonexistent/x"]).deliver(StateEventTests.flip())
        == "cannot run /nonexistent/x: No such file or directory")
  }

  @Test(
    arguments: [
      ("HTTP/1.1 204 No Content\r\n\r\n", nil), ("HTTP/1.0 200\r\n", nil), ("HTTP/1.1 299 \n", nil),
      ("HTTP/1.1 500 Oops\r\n\r\n", "the response has status 500"),
      ("HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n", "the response has status 301"),
      ("SSH-2.0-x\r\n", "the response is not one of HTTP"),
      ("HTTP/1.1 2000 x\n", "the response is not one of HTTP"),
      ("HTTP/1.1\n", "the response is not one of HTTP"), ("\n", "the response is not one of HTTP"),
      (String(repeating: "x", count: 10_000), "the response is not one of HTTP"),
      ("", "the connection ended before the response"),
      ("HTTP/1.1 200", "the connection ended before the response"),
    ] as [(String, String?)]) func post(_ response: String, _ failure: String?) async throws
  {
    let listener = try TCPListener()
    let address = try PostAddress("http://127.0.0.1:\(listener.port)/hook?x=1")
    async let result = BackgroundThread.run { EventPost(address).deliver(StateEventTests.flip()) }
    let request = await BackgroundThread.run { listener.exchange(response) }
    #expect(await result == failure)
    let content = StateEventTests.flip().json.text
    #expect(
      request == """
        POST /hook?x=1 HTTP/1.1\r
        Host: 127.0.0.1:\(listener.port)\r
        User-Agent: swiftlet/\(Version.text)\r
        Content-Type: application/json\r
        Content-Length: \(content.utf8.count)\r
        Connection: close\r
        \r
        \(content)
        """)
  }

  @Test func postWithoutAReceiver() throws {
    let listener = try TCPListener()
    let address = try PostAddress("http://127.0.0.1:\(listener.port)/")
    // Accepted by the system, and never answered.
    #expect(
      EventPost(address, timeout: .milliseconds(100)).deliver(StateEventTests.flip())
        == "no response in 100ms")
    listener.close()
    #expect(
      EventPost(address).deliver(StateEventTests.flip())
        == "cannot connect to 127.0.0.1:\(listener.port): Connection refused")
    let unknown = EventPost(try PostAddress("http://no-such-host.invalid/")).deliver(StateEventTests.flip())
    #expect(unknown?.hasPrefix("cannot find the host no-such-host.invalid: ") == true)
  }

  /// One at a time, in order; of too many the oldest go, and that is told.
  @Test func queue() async throws {
    let log = LogPipe()
    let seen = Mutex<[Int]>([])
    let running = Atomic(0)
    let gate = Gate()
    let queue = EventQueue("the test", log.logger) { event in
      #expect(running.add(1, ordering: .relaxed).newValue == 1)
      gate.wait()
      seen.withLock { $0.append(event.fields.count) }
      running.subtract(1, ordering: .relaxed)
      return event.fields.count == 2_000 ? "it is the last" : nil
    }
    for number in 1...2_000 {
      queue.add(
        StateEvent(
          kind: .flip, time: 0, level: .notice, message: "",
          fields: Array(repeating: StateEvent.Field(key: "", value: .number(0)), count: number)))
    }
    gate.open()
    try await log.line(containing: "the test failed reason=\"it is the last\"")
    let numbers = seen.withLock { $0 }
    #expect(numbers == numbers.sorted())
    #expect(numbers.suffix(EventQueue.limit).elementsEqual(1_001...2_000))
    #expect(numbers.count <= EventQueue.limit + 1)
    let lost = 2_000 - numbers.count
    #expect(
      log.lines.contains {
        $0.contains("warning events were dropped: the test does not keep up events=\(lost)")
      })
  }
}
