internal import DNSWire
internal import Locations
internal import Steering
internal import Zones

/// Checks zone files by loading them as the server would.
public struct ZonesCheck: Sendable {
  /// A folder of zone files, or one zone file.
  public let path: String
  /// One line of JSON instead of text.
  public let json: Bool
  /// Warnings count as errors.
  public let strict: Bool
  /// The server's, whose checks the zones may name, and which says where clients are.
  public let configuration: Configuration

  public init(
    path: String, json: Bool, strict: Bool, configuration: Configuration = Configuration()
  ) {
    self.path = path
    self.json = json
    self.strict = strict
    self.configuration = configuration
  }

  /// Checks, and hands the report over line by line as it comes.
  ///
  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why nothing could be checked, and what is wrong with the files that say where
  ///     clients are.
  public func run(
    output: @escaping @Sendable (String) -> Void, complaint: @escaping @Sendable (String) -> Void
  ) async -> ExitStatus {
    let contents: ZoneFolder
    do {
      contents = try ZoneFolder.contents(of: path)
    } catch {
      complaint(LogLine.escaped(error.description))
      return .failure
    }
    var isKnown = true
    var shared = configuration.shared
    do throws(PoolFailure) {
      shared = try configuration.definitions()
    } catch {
      error.lines.forEach(complaint)
      isKnown = false
    }
    var locations: Set<String> = []
    let lines: (@Sendable (String) -> Void)? = json ? nil : output
    var report = ZonesReport(strict: strict, output: lines)
    for stray in contents.strays { report.add(stray) }
    for refusal in contents.refusals {
      report.add(
        ZonesReport.Zone(
          apex: refusal.apex, files: refusal.diagnostics.map(\.file), zone: nil,
          diagnostics: refusal.diagnostics))
    }
    for await attempt in ZoneReader.read(
      contents.files, threads: System.cores, shared: shared)
    {
      locations.formUnion(attempt.result.zone?.policies.locations.lazy.map(\.name) ?? [])
      report.add(
        ZonesReport.Zone(
          apex: attempt.file.apex, files: attempt.result.files, zone: attempt.result.zone?.compiled,
          diagnostics: attempt.result.diagnostics))
    }
    let strangers = shared.knowledge.times?.strangers(to: locations) ?? []
    for warning in strangers { complaint(LogLine.escaped(warning.description)) }
    if json { output(report.json.text) } else { output(report.total) }
    return report.isGood && isKnown && !(strict && !strangers.isEmpty) ? .success : .failure
  }
}
