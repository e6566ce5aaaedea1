import Glibc
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Control

/// What clients of the control socket can do, and what not.
@Suite(.serialized)
struct ControlServerTests {
  /// A server that replies with the request.
  final class Echo {
    let folder = TemporaryFolder()
    let path: String
    let server: ControlServer

    init(
      limits: ControlLimits = ControlLimits(),
      handler: @escaping ControlServer.Handler = { request, reply in reply { .success([("echo", request)]) } }
    ) throws {
      path = "\(folder.path)/control"
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      server = try ControlServer(try ControlSocket(path), limits: limits, logger: logger, handler: handler)
    }

    deinit { server.stop() }

    func client() throws -> ControlProbe { try ControlProbe(path) }
  }

  @Test(
    arguments: [
      (#"{"do":"status"}"#, #"{"ok":true,"echo":{"do":"status"}}"#),
      (" 1 \r", #"{"ok":true,"echo":1}"#),
      ("", #"{"ok":false,"error":"not JSON: the end, where a value is needed at octet 0"}"#),
      ("status", #"{"ok":false,"error":"not JSON: no value begins like this at octet 0"}"#),
      (#"{"do":"#, #"{"ok":false,"error":"not JSON: the end, where a value is needed at octet 6"}"#),
    ]) func replies(_ request: String, _ reply: String) throws
  {
    let echo = try Echo()
    let client = try echo.client()
    #expect(try client.ask(request) == reply)
    // A mistake ends nothing.
    #expect(try client.ask("2") == #"{"ok":true,"echo":2}"#)
  }

  @Test func requestsInPieces() throws {
    let echo = try Echo()
    let client = try echo.client()
    for piece in ["[", "1,", "2]", "\n3", "\n"] { client.send(piece) }
    #expect(try client.line() == #"{"ok":true,"echo":[1,2]}"#)
    #expect(try client.line() == #"{"ok":true,"echo":3}"#)
  }

  @Test func manyRequestsAtOnceAreRepliedInOrder() throws {
    let echo = try Echo()
    let client = try echo.client()
    client.send((0..<1_000).map { "\($0)\n" }.joined())
    for number in 0..<1_000 { #expect(try client.line() == #"{"ok":true,"echo":\#(number)}"#) }
    // Also those that are wrong, which nobody else has a part in.
    client.send(String(repeating: "\n", count: 10_000))
    for _ in 0..<10_000 { #expect(try client.line()?.hasPrefix(#"{"ok":false"#) == true) }
    #expect(try client.ask("0") == #"{"ok":true,"echo":0}"#)
  }

  /// As `printf ... | nc -U` does it.
  @Test func clientThatEndsSendingHasItsReply() throws {
    let echo = try Echo()
    let client = try echo.client()
    client.send("1\n2")
    client.endSending()
    #expect(try client.line() == #"{"ok":true,"echo":1}"#)
    #expect(try client.line() == #"{"ok":true,"echo":2}"#)
    #expect(try client.line() == nil)
  }

  @Test func lineThatIsTooLong() throws {
    var limits = ControlLimits()
    limits.requestLength = 100
    let echo = try Echo(limits: limits)
    let client = try echo.client()
    let longest = String(repeating: " ", count: 98) + "1"
    #expect(try client.ask(longest) == #"{"ok":true,"echo":1}"#)
    #expect(
      try client.ask(longest + " ") == #"{"ok":false,"error":"a request is a line of at most 100 octets"}"#)
    #expect(try client.line() == nil)
    let endless = try echo.client()
    for _ in 0..<10 { endless.send(String(repeating: "1", count: 50)) }
    #expect(try endless.line() == #"{"ok":false,"error":"a request is a line of at most 100 octets"}"#)
    #expect(try endless.line() == nil)
  }

  /// A request that takes long holds up nobody else.
  @Test func slowRequest() throws {
    let waiting = Mutex<[@Sendable (@escaping ControlServer.Reply) -> Void]>([])
    let echo = try Echo { request, reply in
      if request.integer == 0 { waiting.withLock { $0.append(reply) } } else { reply { .success([]) } }
    }
    let slow = try echo.client()
    slow.send("0\n1\n")
    // Once this has been replied to, what came before it has been taken.
    let quick = try echo.client()
    for _ in 0..<10 { #expect(try quick.ask("1") == #"{"ok":true}"#) }
    while waiting.withLock({ $0.isEmpty }) { usleep(1_000) }
    for reply in waiting.withLock({ $0 }) { reply { .success([("late", .boolean(true))]) } }
    #expect(try slow.line() == #"{"ok":true,"late":true}"#)
    #expect(try slow.line() == #"{"ok":true}"#)
  }

  @Test func clientThatLeavesBeforeItsReply() throws {
    let waiting = Mutex<[@Sendable (@escaping ControlServer.Reply) -> Void]>([])
    let echo = try Echo { request, reply in
      if request.integer == 0 { waiting.withLock { $0.append(reply) } } else { reply { .success([]) } }
    }
    for _ in 0..<50 {
      let client = try echo.client()
      client.send("0\n")
    }
    while waiting.withLock({ $0.count < 50 }) { usleep(1_000) }
    for reply in waiting.withLock({ $0 }) { reply { .success([]) } }
    #expect(try echo.client().ask("1") == #"{"ok":true}"#)
  }

  @Test func idleClientIsClosed() throws {
    var limits = ControlLimits()
    limits.patience = .milliseconds(50)
    let echo = try Echo(limits: limits)
    let idle = try echo.client()
    let dripping = try echo.client()
    let begin = ContinuousClock.now
    #expect(try idle.line() == nil)
    #expect(ContinuousClock.now - begin >= .milliseconds(45))
    // Octets now and then are no request.
    while dripping.send(" ") > 0 { usleep(1_000) }
    #expect(try dripping.line() == nil)
    #expect(ContinuousClock.now - begin < .seconds(10))
  }

  @Test func clientThatDoesNotReadIsClosed() throws {
    var limits = ControlLimits()
    limits.patience = .seconds(1)
    let echo = try Echo(limits: limits) { _, reply in
      reply { .string(String(repeating: "x", count: 1 << 20)) }
    }
    let slow = try echo.client()
    slow.send("1\n")
    let other = try echo.client()
    #expect(try other.ask("1")?.count == (1 << 20) + 2)
    slow.waitForEnd()
    // What was on its way when it was closed ends within the line.
    #expect(try slow.line() == nil)
  }

  @Test func repliesThatNobodyReadsAreBounded() throws {
    var limits = ControlLimits()
    limits.replyOctets = 2 << 20
    let echo = try Echo(limits: limits) { request, reply in
      let size = request.integer ?? 0
      reply { .string(String(repeating: "x", count: size)) }
    }
    let slow = try echo.client()
    slow.send("1500000\n")
    let second = try echo.client()
    // Only when it has been replied to is the next one too many.
    #expect(try second.ask("1") == "\"x\"")
    #expect(try second.ask("1000000") == nil)
    #expect(try slow.line()?.count == 1_500_002)
    #expect(try echo.client().ask("1") == "\"x\"")
  }

  /// However many come, the server has room for the next one, and its own number of files stays bounded.
  @Test func aThousandConnections() throws {
    let echo = try Echo()
    let before = try System.entries(of: "/proc/self/fd") { _ in true }.count
    let clients = try (0..<1_000).map { _ in try echo.client() }
    #expect(try clients[999].ask("1") == #"{"ok":true,"echo":1}"#)
    let after = try System.entries(of: "/proc/self/fd") { _ in true }.count
    // Tests that run meanwhile open some, too.
    #expect(after - before - 1_000 <= ControlLimits().connections + 100)
    // The oldest gave way, the newest did not.
    #expect(try clients[0].line() == nil)
    for client in clients.suffix(255) { #expect(try client.ask("2") == #"{"ok":true,"echo":2}"#) }
  }

  @Test func clientsThatWaitDoNotGiveWay() throws {
    var limits = ControlLimits()
    limits.connections = 2
    let count = Mutex(0)
    let echo = try Echo(limits: limits) { _, _ in count.withLock { $0 += 1 } }
    let clients = try (0..<2).map { _ in try echo.client() }
    for client in clients { client.send("0\n") }
    while count.withLock({ $0 < 2 }) { usleep(1_000) }
    let third = try echo.client()
    #expect(try third.line() == #"{"ok":false,"error":"2 clients are connected already"}"#)
    #expect(try third.line() == nil)
  }

  @Test func stopEndsAll() throws {
    let echo = try Echo()
    let client = try echo.client()
    #expect(try client.ask("1") == #"{"ok":true,"echo":1}"#)
    echo.server.stop()
    #expect(try client.line() == nil)
  }

  @Test(arguments: [UInt64.random(in: 0...UInt64.max)]) func rubbish(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let echo = try Echo()
    for _ in 0..<200 {
      let client = try echo.client()
      let octets = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      client.send(String(decoding: octets, as: UTF8.self))
      if Bool.random(using: &random) { client.endSending() }
    }
    #expect(try echo.client().ask("1") == #"{"ok":true,"echo":1}"#)
  }
}
