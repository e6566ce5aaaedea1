import Testing

@testable import Steering

struct MemberInputTextTests {
  @Test func takesAll() throws {
    var input = MemberInput()
    try input.set("state=down,WEIGHT=250%,rtt=1500ms,connections=7,load=0.25")
    var expected = MemberInput()
    expected.state = .down
    expected.weightFactor = 2.5
    expected.responseTime = 1500
    expected.connections = 7
    expected.load = 0.25
    #expect(input == expected)
  }

  @Test func keepsWhatIsNotNamed() throws {
    var input = MemberInput()
    try input.set("rtt=2s")
    try input.set("state=up")
    #expect(input.responseTime == 2000)
    #expect(input.state == .up)
  }

  @Test(
    arguments: [
      ("", "\"\" is not KEY=VALUE, like state=down,load=50%"),
      ("state", "\"state\" is not KEY=VALUE, like state=down,load=50%"),
      ("state=up,", "\"\" is not KEY=VALUE, like state=down,load=50%"),
      ("color=red", "\"color\" is not a key; there are state, weight, rtt, connections, load"),
      ("wieght=1", "\"wieght\" is not a key; did you mean weight=?"),
      ("load=1,load=1", "load= is said twice; write it once"),
      ("state=dead", "\"state=dead\" is not known; it can be unknown, up, down"),
      ("rtt=20", "\"rtt=20\" has no unit; write rtt=20s for seconds, or ms, m or h"),
      ("rtt=0ms", "\"rtt=0ms\" is out of range; it can be 1ms to 24h"),
      ("load=much", "\"load=much\" is not a percentage; write it like load=50%"),
      ("load=101%", "\"load=101%\" is out of range; it can be 0% to 100%"),
      ("weight=-1", "\"weight=-1\" is not a percentage; write it like weight=50%"),
      ("weight=50", "\"weight=50\" is out of range; it can be 0% to 100000%"),
      ("connections=1.5", "\"connections=1.5\" is not a whole number; it can be 0 to 1000000000"),
    ])
  func tellsMistakes(_ text: String, _ message: String) {
    var input = MemberInput()
    #expect(throws: MemberInput.TextError(description: message)) { try input.set(text) }
  }
}
