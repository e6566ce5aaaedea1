/// One event as one line: `2026-01-02T03:04:05.678Z level message key=value ...`.
///
/// What is logged may come from zone files and the network, so nothing in it may end the line, move the
/// terminal's cursor or pass for another key.
enum LogLine {
  /// - Parameters:
  ///   - time: nanoseconds since 1970, UTC.
  ///   - fields: in the order in which they are shown.
  static func text(
    time: Int64, level: String, message: String, fields: [(key: String, value: String)]
  ) -> String {
    var line = timestamp(time)
    line += " "
    line += level
    line += " "
    line += escaped(message)
    for field in fields {
      line += " "
      line += escaped(field.key)
      line += "="
      line += value(field.value)
    }
    return line
  }

  /// RFC 3339 with milliseconds, in UTC.
  static func timestamp(_ time: Int64) -> String {
    let milliseconds = floorDivide(time, 1_000_000)
    let seconds = floorDivide(milliseconds.quotient, 1_000)
    let days = floorDivide(seconds.quotient, 86_400)
    let date = civilDate(days: days.quotient)
    let clock = days.remainder
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
      + "T\(padded(clock / 3_600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))"
      + ".\(padded(seconds.remainder, 3))Z"
  }

  /// A value, in quotes where without them it could not be told where it ends.
  static func value(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      scalar != " " && scalar != "\"" && scalar != "=" && scalar != "\\" && !needsEscape(scalar)
    }
    if isPlain, !text.isEmpty { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      append(scalar, to: &quoted)
    }
    return quoted + "\""
  }

  /// The text with everything that is not visible written out.
  static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
    var escaped = ""
    for scalar in text.unicodeScalars { append(scalar, to: &escaped) }
    return escaped
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where needsEscape(scalar): text += "\\u{\(String(scalar.value, radix: 16))}"
    default: text.unicodeScalars.append(scalar)
    }
  }

  // Format characters include those that turn the direction of writing.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  // The Gregorian calendar counted in eras of 400 years that begin on March 1, so that the leap day is
  // the last of its year.
  private static func civilDate(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
