// Unsafe file. Spans are made here from pointers, which the caller answers for.
//
// The compiler takes the end of a new `RawSpan` for a release (a false positive of Swift 6.3), so these
// functions, which do nothing but make spans and call, are left out of the data path's proof.
// What they call is proved on its own.

internal import Answering
internal import DNSWire

extension Answerer {
  /// Answers the query of `length` octets at `query` into the `capacity` octets at `response`.
  ///
  /// - Returns: how many octets of the response to send; 0: send nothing.
  @unsafe @_semantics("no_performance_analysis")
  mutating func answer(
    _ query: UnsafeRawPointer, length: Int, from client: IPAddress, over transport: TransportKind,
    into response: UnsafeMutableRawPointer, capacity: Int
  ) -> Int {
    var response = unsafe MutableRawSpan(_unsafeStart: response, byteCount: capacity)
    return unsafe answer(
      RawSpan(_unsafeStart: query, byteCount: length), from: client, over: transport, into: &response)
  }

  /// Foresees the query of `length` octets at `query`, which is the one at `index` of those foreseen together.
  ///
  /// - Returns: whether it pays.
  @unsafe @_semantics("no_performance_analysis")
  mutating func foresee(_ query: UnsafeRawPointer, length: Int, at index: Int) -> Bool {
    unsafe foresee(RawSpan(_unsafeStart: query, byteCount: length), at: index)
  }
}
