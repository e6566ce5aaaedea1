extension Double {
  /// With up to three decimals, and none where there is nothing behind the point.
  var shown: String {
    guard abs(self) < 1e12 else { return "\(self)" }
    let thousandths = Int((self * 1000).rounded())
    guard thousandths % 1000 != 0 else { return "\(thousandths / 1000)" }
    var decimals = String(String(1000 + abs(thousandths % 1000)).dropFirst())
    while decimals.last == "0" { decimals.removeLast() }
    return "\(thousandths < 0 ? "-" : "")\(abs(thousandths / 1000)).\(decimals)"
  }
}
