import TestSupport
import Testing

@testable import Control

struct LogLineTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"),
      (1_767_323_045_678_999_999, "2026-01-02T03:04:05.678Z"),
      (951_782_400_000_000_000, "2000-02-29T00:00:00.000Z"),
      (4_107_542_399_999_000_000, "2100-02-28T23:59:59.999Z"),
      (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000Z"),
      (1_798_761_599_999_999_999, "2026-12-31T23:59:59.999Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)]) func timestamp(_ time: Int64, _ text: String)
  {
    #expect(LogLine.timestamp(time) == text)
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("a.b-c:d/e", "a.b-c:d/e"), ("", "\"\""), ("two words", "\"two words\""),
      ("a=b", "\"a=b\""), ("say \"hi\"", "\"say \\\"hi\\\"\""), ("back\\slash", "\"back\\\\slash\""),
      ("line\nbreak", "\"line\\nbreak\""), ("\r\t", "\"\\r\\t\""), ("\u{1b}[31m", "\"\\u{1b}[31m\""),
      ("\u{0}", "\"\\u{0}\""), ("\u{7f}\u{85}", "\"\\u{7f}\\u{85}\""), ("\u{202e}x", "\"\\u{202e}x\""),
      ("\u{2028}", "\"\\u{2028}\""), ("\r\n", "\"\\r\\n\""), ("grün", "grün"),
    ]) func value(_ value: String, _ text: String)
  {
    #expect(LogLine.value(value) == text)
  }

  @Test func line() {
    let line = LogLine.text(
      time: 1_767_323_045_678_000_000, level: "warning", message: "zone \u{7} \"x\"\nerror fake",
      fields: [("zone", "example.com."), ("why", "no reason")])
    #expect(
      line
        == "2026-01-02T03:04:05.678Z warning zone \\u{7} \"x\"\\nerror fake zone=example.com. why=\"no reason\""
    )
  }

  @Test func neverMoreThanOneLine() {
    var random = SplitMix64.random()
    let seed = random.seed
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<20 {
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x3000, using: &random)) {
          text.unicodeScalars.append(scalar)
        }
      }
      let line = LogLine.text(time: 0, level: "info", message: text, fields: [("k", text)])
      #expect(line.allSatisfy { !$0.isNewline }, "seed \(seed)")
      #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "seed \(seed)")
    }
  }
}
