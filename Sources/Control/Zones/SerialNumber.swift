/// Arithmetic of zone serial numbers (RFC 1982 §3.2).
enum SerialNumber {
  /// Whether `new` is behind `old`, or so far ahead of it that the RFC leaves the order undefined: a
  /// secondary that has `old` may then never take `new`.
  static func isBack(_ new: UInt32, from old: UInt32) -> Bool {
    Int32(bitPattern: new &- old) < 0
  }
}
