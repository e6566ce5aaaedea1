public import DNSWire
public import Zones

/// Reads, checks and compiles one zone with its policies. `check`, `explain` and `serve` all go through here.
public enum SteeredZoneLoader {
  public struct Result: Sendable {
    /// Nil when there was an error, in the zone or in a policy.
    public let zone: SteeredZone?
    /// By file and line; errors and warnings.
    public let diagnostics: [Diagnostic]
    /// The zone file and then all that it includes, each as it was read: by them a change is noticed.
    public let sources: [ZoneSource]

    /// The paths of `sources`.
    public var files: [String] { sources.map(\.path) }
  }

  /// - Parameter shared: what the server's configuration defines for all zones.
  public static func load(
    file: String, apex: DomainName, shared: SharedDefinitions = SharedDefinitions()
  ) -> Result {
    let loaded = ZoneLoader.load(file: file, apex: apex)
    guard let compiled = loaded.zone, !compiled.policyRecords.isEmpty else {
      return Result(
        zone: loaded.zone.map { SteeredZone($0, ZonePolicies(), shared) }, diagnostics: loaded.diagnostics,
        sources: loaded.sources)
    }
    let (policies, diagnostics) = PolicyReader.read(
      compiled.policyRecords, of: CompiledPolicyZone(compiled, checks: shared.checksByName))
    let isRefused = diagnostics.contains { $0.severity == .error }
    let zone = isRefused ? nil : SteeredZone(compiled, policies, shared)
    return Result(
      zone: zone, diagnostics: loaded.diagnostics + diagnostics + (zone?.warnings ?? []),
      sources: loaded.sources)
  }
}
