import Steering

/// What the response to an HTTP probe must be.
struct HTTPExpectation: Sendable {
  let codes: [ClosedRange<Int>]
  /// What the content must have in it; nil: it is not read.
  let body: SubstringSearch?

  init(_ probe: HTTPProbe) {
    codes = probe.expected
    body = probe.body.isEmpty ? nil : SubstringSearch(probe.body)
  }

  func holds(_ code: Int) -> Bool {
    codes.contains { $0.contains(code) }
  }

  /// As `expect=` has them.
  var codesText: String {
    codes.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
