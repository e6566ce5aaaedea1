/// What the octets of a probe go by.
enum ProbeTransport: Equatable {
  /// TCP. Either the prober sends first (or the member is to send nothing at all), or the member does.
  case stream(sendsFirst: Bool)
  /// UDP.
  case datagram
  /// ICMP's echo requests and replies.
  case echo
  /// The output of a program.
  case program

  var isStream: Bool { if case .stream = self { true } else { false } }
}
