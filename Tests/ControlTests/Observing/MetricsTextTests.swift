import Testing

@testable import Control

/// The text format, version 0.0.4, as its readers have it.
@Suite struct MetricsTextTests {
  @Test func aFamilyIsWrittenWithItsSamples() {
    var text = MetricsText()
    text.begin("swiftlet_zones", .gauge, "Zones.")
    text.add(3)
    text.begin("swiftlet_answers_total", .counter, "Answers.")
    text.add(["zone": "a.", "type": "A"], 12)
    text.add(["zone": "b."], 1.5)
    text.begin("swiftlet_time_seconds", .histogram, "Time.")
    text.add(["le": "+Inf"], suffix: "_bucket", 7)
    #expect(
      text.text == """
        # HELP swiftlet_zones Zones.
        # TYPE swiftlet_zones gauge
        swiftlet_zones 3
        # HELP swiftlet_answers_total Answers.
        # TYPE swiftlet_answers_total counter
        swiftlet_answers_total{zone="a.",type="A"} 12
        swiftlet_answers_total{zone="b."} 1.5
        # HELP swiftlet_time_seconds Time.
        # TYPE swiftlet_time_seconds histogram
        swiftlet_time_seconds_bucket{le="+Inf"} 7

        """)
  }

  /// Names of zones can hold anything, and escapes of their own.
  @Test(arguments: [
    ("a.example.", "a.example."), (#"a\.b.example."#, #"a\\.b.example."#), (#"say "hi""#, #"say \"hi\""#),
    ("two\nlines", #"two\nlines"#), ("größe", "größe"), ("{},=", "{},="),
  ])
  func valuesOfLabelsAreEscaped(value: String, written: String) {
    var text = MetricsText()
    text.begin("a", .gauge, "")
    text.add(["zone": value], 1)
    #expect(text.text.hasSuffix("a{zone=\"\(written)\"} 1\n"))
  }

  @Test(arguments: [
    (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (0.1, "0.1"), (1e-7, "1e-07"),
    (1e20, "1e+20"),
  ])
  func numbersAreWrittenAsTheyAreRead(value: Double, written: String) {
    var text = MetricsText()
    text.begin("a", .gauge, "")
    text.add(value)
    #expect(text.text.hasSuffix("\na \(written)\n"))
  }
}
