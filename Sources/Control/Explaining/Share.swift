/// A part of a whole, exactly.
struct Share: Equatable, Sendable {
  let part: Int
  let whole: Int

  /// As written in `5/10`; 0 where there is nothing to share.
  var fraction: String { whole == 0 ? "0" : "\(part)/\(whole)" }

  /// With two decimals, rounded half up.
  var percent: String {
    let hundredths = whole == 0 ? 0 : (part * 20_000 + whole) / (whole * 2)
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)%"
  }

  /// Whether both are as much of their wholes.
  func isEqual(to other: Share) -> Bool {
    whole == 0 || other.whole == 0 ? whole == other.whole : part * other.whole == other.part * whole
  }

  /// A bar of up to `width` blocks.
  func bar(width: Int) -> String {
    String(repeating: "█", count: whole == 0 ? 0 : (part * width * 2 + whole) / (whole * 2))
  }

  var json: JSON {
    .object([("part", .number(part)), ("whole", .number(whole)), ("percent", .string(percent))])
  }
}
