/// How the certificate of a member is verified.
public enum TLSVerification: Hashable, Sendable {
  /// Against the system's authorities.
  case system
  /// Against the authorities in a PEM file at that path.
  case authorities(String)
  /// Not at all.
  case none
}
