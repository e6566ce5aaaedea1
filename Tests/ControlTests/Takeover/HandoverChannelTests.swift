import Glibc
import Testing

@testable import Control

struct HandoverChannelTests {
  /// Both ends of a connection.
  private static func pair() -> (HandoverChannel, HandoverChannel) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    #expect(socketpair(AF_UNIX, type, 0, &ends) == 0)
    return (HandoverChannel(socket: OpenFile(ends[0])), HandoverChannel(socket: OpenFile(ends[1])))
  }

  private static func node(of file: Int32) -> UInt {
    var status = stat()
    return fstat(file, &status) == 0 ? UInt(status.st_ino) : 0
  }

  /// Up to far more than go with one message.
  @Test(arguments: [0, 1, 253, 254, 700]) func descriptorsArriveInOrder(_ count: Int) throws {
    let (old, new) = Self.pair()
    let files = try (0..<count).map { try System.memoryFile(with: Array("\($0)".utf8)) }
    try old.send(.success([("a", .number(1))]), files.map { (.socket, $0.number) }, patience: .seconds(5))
    let message = try new.receive(patience: .seconds(5))
    #expect(message.json["a"]?.integer == 1)
    #expect(message.json["files"]?.elements?.count ?? 0 == count)
    #expect(message.files.map { Self.node(of: $0.number) } == files.map { Self.node(of: $0.number) })
    for (number, file) in message.files.enumerated() {
      #expect(try System.contents(of: file, limit: 10) == Array("\(number)".utf8))
      #expect(fcntl(file.number, F_GETFD) & FD_CLOEXEC != 0)
    }
    // Nothing of it is left for the next one.
    try old.send(HandoverMessage.state, patience: .seconds(5))
    #expect(try new.receive(patience: .seconds(5)).json["do"]?.string == "state")
  }

  @Test func whatDoesNotCome() throws {
    let (old, new) = Self.pair()
    #expect(throws: HandoverChannel.Failure.silent) { try new.receive(patience: .milliseconds(20)) }
    #expect(System.send(old.socket, Array(#"{"ok":"#.utf8)[...]) == 6)
    #expect(throws: HandoverChannel.Failure.silent) { try new.receive(patience: .milliseconds(20)) }
    #expect(shutdown(old.socket.number, Int32(SHUT_WR)) == 0)
    #expect(throws: HandoverChannel.Failure.ended) { try new.receive(patience: nil) }
  }

  /// What was sent before counts, and whoever sends later knows that it does not.
  @Test func whatComesTooLate() throws {
    let (old, new) = Self.pair()
    try new.send(HandoverMessage.leave(keeping: []), patience: .zero)
    old.endReceiving()
    #expect(throws: HandoverChannel.Failure.ended) {
      try new.send(HandoverMessage.leave(keeping: []), patience: .zero)
    }
    #expect(try old.receive(patience: .zero).json["do"]?.string == "leave")
    #expect(throws: HandoverChannel.Failure.ended) { try old.receive(patience: .zero) }
    try old.send(.failure("too late"), patience: .zero)
    #expect(try new.receive(patience: .zero).json["ok"]?.boolean == false)
  }

  @Test(arguments: ["\n", "[1\n", "hello\n", String(repeating: " ", count: 70_000) + "{\n"])
  func whatIsNoMessage(_ text: String) throws {
    let (old, new) = Self.pair()
    #expect(System.send(old.socket, Array(text.utf8)[...]) == text.utf8.count)
    #expect(throws: HandoverChannel.Failure.strange) { try new.receive(patience: .seconds(5)) }
  }

  /// Descriptors that were said to come, and do not.
  @Test func descriptorsThatAreMissing() throws {
    let (old, new) = Self.pair()
    #expect(System.send(old.socket, Array(#"{"files":["socket"]}"#.utf8 + [0x0a])[...]) == 21)
    #expect(throws: HandoverChannel.Failure.silent) { try new.receive(patience: .milliseconds(20)) }
  }

  @Test func nobodyReads() throws {
    let (old, _) = Self.pair()
    let message = JSON.string(String(repeating: "x", count: 100_000))
    #expect(throws: HandoverChannel.Failure.ended) { try old.send(message, patience: .seconds(5)) }
    let (full, other) = Self.pair()
    #expect(throws: HandoverChannel.Failure.silent) {
      while true { try full.send(message, patience: .milliseconds(20)) }
    }
    withExtendedLifetime(other) {}
  }

  @Test func messages() throws {
    #expect(
      HandoverMessage.takeover().text == #"{"do":"takeover","handshake":1,"version":"\#(Version.text)"}"#)
    #expect(HandoverMessage.state.text == #"{"do":"state"}"#)
    let leave = HandoverMessage.leave(keeping: [.control, .pidFile])
    #expect(leave.text == #"{"do":"leave","keep":["control","pid-file"]}"#)
    #expect(HandoverMessage.kept(by: leave) == [.control, .pidFile])
    // Of another version.
    let other = try JSONReader.read(
      Array(#"{"do":"leave","keep":["beats","riddle",7],"colour":"blue"}"#.utf8))
    #expect(HandoverMessage.kept(by: other) == [.beats])
    #expect(HandoverMessage.kept(by: .object([])) == [])
  }

  /// The variables are those of another process, or say that there are none.
  @Test(arguments: [
    [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "1", "LISTEN_FDS": "1"],
    ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "0"], ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "-1"],
    ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "many"], ["LISTEN_PID": "\(getpid())"],
  ])
  func socketsThatAreNotMeant(_ environment: [String: String]) throws {
    #expect(try ActivatedSockets.read { environment[$0] }.isEmpty)
  }
}
