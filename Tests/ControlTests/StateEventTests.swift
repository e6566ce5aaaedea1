import DNSWire
import Health
import Logging
import Steering
import Testing

@testable import Control

struct StateEventTests {
  static func flip(
    to state: MemberInput.State = .down, names: [String] = ["www.example.com.", "example.com."],
    reason: String = "500 in place of 200-299"
  ) -> StateEvent {
    let target = Target(
      CheckDefinition(name: "web", probe: .always), of: .address(IPAddress(v4: 0xc000_0201)))
    return StateEvent(
      Flip(
        target, from: .up, to: state, reason: Reason(.code, reason), at: Moment(nanoseconds: 0),
        detection: .milliseconds(450)), names: names, time: 1_767_323_045_678_000_000)
  }

  @Test func logLine() {
    let event = Self.flip()
    #expect(event.message == "member down")
    #expect(event.level == .warning)
    #expect(Self.flip(to: .up).level == .notice)
    let fields = LineLogHandler.ordered(event.metadata).map { "\($0.key)=\(LogLine.value($0.value))" }
    #expect(
      fields == [
        "name=www.example.com.", "address=192.0.2.1", "check=web", "from=up", "to=down",
        "reason=\"500 in place of 200-299\"", "detection=450ms", "names=2", "reason-kind=code",
      ])
  }

  @Test func environment() {
    #expect(
      Self.flip(reason: "a\0b").environment == [
        "SWIFTLET_EVENT=flip", "SWIFTLET_TIME=2026-01-02T03:04:05.678Z", "SWIFTLET_NAME=www.example.com.",
        "SWIFTLET_NAMES=www.example.com. example.com.", "SWIFTLET_NAMES_COUNT=2",
        "SWIFTLET_ADDRESS=192.0.2.1",
        "SWIFTLET_CHECK=web", "SWIFTLET_FROM=up", "SWIFTLET_TO=down", "SWIFTLET_REASON=ab",
        "SWIFTLET_REASON_KIND=code", "SWIFTLET_DETECTION_MS=450",
      ])
  }

  @Test func json() {
    #expect(
      Self.flip(reason: "\"\n").json.text
        == #"{"event":"flip","time":"2026-01-02T03:04:05.678Z","name":"www.example.com.","names":["www.example.com.","example.com."],"names-count":2,"address":"192.0.2.1","check":"web","from":"up","to":"down","reason":"\"\u000a","reason-kind":"code","detection-ms":450}"#
    )
  }

  /// However many names a member has, what is told of it stays short.
  @Test func manyNames() {
    let event = Self.flip(names: (0..<10_000).map { "n\($0).example.com." })
    #expect(event.json["names"]?.elements?.count == 100)
    #expect(event.json["names-count"]?.integer == 10_000)
  }

  @Test(arguments: [(StateEvent.Kind.isolated, Logger.Level.error), (.rejoined, .notice)])
  func isolation(_ kind: StateEvent.Kind, _ level: Logger.Level) {
    var count = IsolationCount()
    (count.silentMembers, count.members, count.silentPools, count.pools) = (8, 10, 3, 4)
    let event = StateEvent(kind, count, time: 0)
    #expect(event.level == level)
    #expect(
      event.json.text
        == #"{"event":"\#(kind.rawValue)","time":"1970-01-01T00:00:00.000Z","silent-members":8,"members":10,"silent-pools":3,"pools":4}"#
    )
  }
}
