/// How a query came, which bounds how long its response may be.
public enum TransportKind: UInt8, Sendable {
  case udp
  case tcp
}
