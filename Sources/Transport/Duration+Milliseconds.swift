extension Duration {
  /// In whole milliseconds, rounded down, and at least 1.
  var inMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1000)
    // A duration of that size means "never"; half of the range is left to add it to a time.
    return overflows ? .max / 2 : min(.max / 2, max(1, product + attoseconds / 1_000_000_000_000_000))
  }
}
