extension Int64 {
  /// The sum, or the end of the range that it is past.
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, isPast) = addingReportingOverflow(other)
    return isPast ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the end of the range that it is past.
  func subtractingSaturating(_ other: Int64) -> Int64 {
    let (difference, isPast) = subtractingReportingOverflow(other)
    return isPast ? (other < 0 ? .max : .min) : difference
  }
}
