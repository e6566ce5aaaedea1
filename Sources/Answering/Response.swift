import DNSWire

/// How far a response has been written. The octets themselves are in the caller's buffer.
struct Response {
  /// Octets written.
  var length = 0
  /// Octets that may be written before the OPT record, for which room is kept.
  var limit = 0
  var answerCount: UInt16 = 0
  var authorityCount: UInt16 = 0
  var additionalCount: UInt16 = 0
  var rcode = Rcode.noError
  var isAuthoritative = false
  var isTruncated = false
  /// For how long a negative answer may be kept at most, in seconds.
  var negativeTTL = UInt32.max
  /// How many bits of the client's address the response depends on.
  var scope = 0
  /// It is to be sent only where nobody can be asked for the explanation that the query wants.
  var wantsExplanation = false
  /// Explains an error to who sent an OPT (RFC 8914); 65535: nothing to explain.
  var extendedError = ExtendedError(rawValue: .max)
}
