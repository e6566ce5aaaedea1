import Testing

@testable import Control

struct JSONTests {
  @Test(
    arguments: [
      (JSON.null, "null"), (.number(-3), "-3"),
      (.string("a\"\\\n\u{1}\u{7f}ü/"), #""a\"\\\u000a\u0001\u007fü/""#),
      (.array([]), "[]"), (.object([]), "{}"),
      (.object([("b", .array([.number(1), .null])), ("a", .string(""))]), #"{"b":[1,null],"a":""}"#),
    ]) func text(_ json: JSON, _ text: String)
  {
    #expect(json.text == text)
  }
}
