import Health

/// The field `endpoint-load-metrics` of a response, in its text form: what a member says about its load (Open
/// Request Cost Aggregation, ORCA). `TEXT application_utilization=0.4, named_metrics.connections=12`
enum LoadMetrics {
  static let fieldName = Array("endpoint-load-metrics".utf8)

  /// What the value says; what cannot be understood is left out.
  static func read(_ value: ArraySlice<UInt8>, into report: inout LoadReport) {
    var text = String(decoding: value, as: UTF8.self)[...]
    text = text.drop { $0 == " " || $0 == "\t" }
    if text.prefix(5).uppercased() == "TEXT " { text = text.dropFirst(5) }
    var processor: Double?
    for metric in text.split(separator: ",") {
      let parts = metric.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\t" } }
      guard parts.count == 2, let number = Double(parts[1]), number >= 0, number.isFinite else { continue }
      switch parts[0] {
      case "application_utilization": report.load = min(number, 1)
      case "cpu_utilization": processor = min(number, 1)
      case "named_metrics.connections": report.connections = Int(min(number, Double(Int32.max)))
      default: continue
      }
    }
    report.load = report.load ?? processor
  }
}
