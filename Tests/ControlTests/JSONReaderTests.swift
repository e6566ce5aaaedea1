import TestSupport
import Testing

@testable import Control

struct JSONReaderTests {
  @Test(
    arguments: [
      ("null", "null"), (" true\t", "true"), ("\r\nfalse", "false"), ("0", "0"), ("-0", "0"), ("-12", "-12"),
      ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
      ("1.5", "1.5"), ("-0.25e2", "-25.0"), ("1E+2", "100.0"), ("5e-1", "0.5"), ("1e-999", "0.0"),
      ("[]", "[]"), ("[ ]", "[]"), ("{ }", "{}"), ("[1,[2] , {\"a\":3}]", "[1,[2],{\"a\":3}]"),
      (#"{"b" : 1,"a":"x"}"#, #"{"b":1,"a":"x"}"#),
      (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\u000a\u000d\u0009""#),
      (#""\u00e4ä\u20AC\ud83d\ude00""#, #""ää€😀""#), (#""\u0000""#, #""\u0000""#),
      (
        String(repeating: "[", count: 16) + String(repeating: "]", count: 16),
        String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
      ),
    ]) func reads(_ text: String, _ written: String) throws
  {
    #expect(try JSONReader.read(Array(text.utf8)).text == written)
  }

  @Test(
    arguments: [
      ("", 0, "the end, where a value is needed"), ("  ", 2, "the end, where a value is needed"),
      ("nul", 0, "no value begins like this"), ("True", 0, "no value begins like this"),
      ("nullx", 4, "something after the end"), ("1 2", 2, "something after the end"),
      ("01", 1, "something after the end"), ("+1", 0, "no value begins like this"),
      ("-", 1, "a digit is needed"),
      ("1.", 2, "a digit is needed"), (".5", 0, "no value begins like this"), ("1e", 2, "a digit is needed"),
      ("1e999", 0, "a number that is too large"), ("NaN", 0, "no value begins like this"),
      ("[1", 2, "a comma or the end of the list is needed"), ("[1,]", 3, "no value begins like this"),
      ("[1 2]", 3, "a comma or the end of the list is needed"), ("[,]", 1, "no value begins like this"),
      ("{", 1, "a name in quotes is needed"), ("{a:1}", 1, "a name in quotes is needed"),
      ("{\"a\"}", 4, "a colon is needed"), ("{\"a\":}", 5, "no value begins like this"),
      ("{\"a\":1,}", 7, "a name in quotes is needed"),
      ("{\"a\":1 \"b\":2}", 7, "a comma or the end of the list is needed"),
      ("{\"a\":1,\"a\":2}", 7, "a name a second time"),
      ("{\"a\":1,\"\\u0061\":2}", 7, "a name a second time"),
      ("\"a", 2, "the end, within a text"), ("\"a\\", 3, "the end, within a text"),
      ("\"\\x\"", 1, "an escape that there is not"),
      ("\"\\u12g4\"", 5, "four hexadecimal digits are needed"),
      ("\"\\u12", 5, "four hexadecimal digits are needed"),
      ("\"\\ud83d\"", 1, "half a character"), ("\"\\ude00\"", 1, "half a character"),
      ("\"\\ud83d\\n\"", 1, "half a character"), ("\"\\ud83d\\ud83d\"", 1, "half a character"),
      ("\"a\nb\"", 2, "a control character in a text, which is written as \\u00.."),
      ("'a'", 0, "no value begins like this"), ("// a", 0, "no value begins like this"),
      (String(repeating: "[", count: 17), 16, "nested deeper than 16"),
      (String(repeating: "{\"a\":", count: 17), 80, "nested deeper than 16"),
    ]) func refuses(_ text: String, _ offset: Int, _ message: String)
  {
    #expect(throws: JSONReader.Mistake(offset: offset, message: message)) {
      try JSONReader.read(Array(text.utf8))
    }
  }

  @Test func octetsThatAreNoText() {
    #expect(throws: JSONReader.Mistake(offset: 1, message: "a text that is not UTF-8")) {
      try JSONReader.read([0x22, 0x61, 0xff, 0x22])
    }
    #expect(throws: JSONReader.Mistake(offset: 0, message: "no value begins like this")) {
      try JSONReader.read([0xef, 0xbb, 0xbf, 0x31])
    }
  }

  /// What is written reads as the same again.
  @Test(arguments: [UInt64.random(in: 0...UInt64.max)]) func roundTrips(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<2_000 {
      let text = Self.value(4, &random).text
      #expect(try JSONReader.read(Array(text.utf8)).text == text)
    }
  }

  /// Whatever becomes of a text, reading it ends, and what is taken reads as the same again.
  @Test(arguments: [UInt64.random(in: 0...UInt64.max)]) func mutations(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet = Array(#"{}[]",:\u0018dDeE+-.tfn aé"#.utf8) + [0x00, 0xff]
    for _ in 0..<20_000 {
      var octets = Array(Self.value(3, &random).text.utf8)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0...octets.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: octets.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        case 1: octets.removeLast(octets.count - place)
        default: if place < octets.count { octets[place] = alphabet.randomElement(using: &random) ?? 0 }
        }
      }
      guard let value = try? JSONReader.read(octets) else { continue }
      #expect(try JSONReader.read(Array(value.text.utf8)).text == value.text)
    }
  }

  private static func value(_ depth: Int, _ random: inout SplitMix64) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: .null
    case 1: .boolean(Bool.random(using: &random))
    case 2: .number(Int.random(in: Int.min...Int.max, using: &random))
    case 3: .real(Double(bitPattern: random.next()))
    case 4, 5: .string(text(&random))
    case 6:
      .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth - 1, &random) })
    default:
      .object(
        (0..<Int.random(in: 0..<4, using: &random)).map {
          ("\($0)" + text(&random), value(depth - 1, &random))
        })
    }
  }

  private static func text(_ random: inout SplitMix64) -> String {
    let characters: [Character] = ["a", "\"", "\\", "\n", "\u{0}", "\u{7f}", "ä", "€", "😀", "/", " "]
    return String(
      (0..<Int.random(in: 0..<6, using: &random)).map { _ in characters.randomElement(using: &random) ?? "a" }
    )
  }
}
