public import DNSWire

/// Reads, checks and compiles one zone. `check` and `serve` both go through here.
public enum ZoneLoader {
  public struct Result: Sendable {
    /// Nil when there was an error.
    public let zone: CompiledZone?
    /// By file and line; errors and warnings.
    public let diagnostics: [Diagnostic]
    /// The zone file and then all that it includes, each as it was read: by them a change is noticed.
    public let sources: [ZoneSource]

    /// The paths of `sources`.
    public var files: [String] { sources.map(\.path) }
  }

  /// Loads the zone file at a path. Takes about a second for a million records.
  public static func load(file: String, apex: DomainName) -> Result {
    var builder = ZoneBuilder(apex: apex)
    let sources = ZoneFileReader.read(file: file, apex: apex, into: &builder)
    let (zone, diagnostics) = builder.compile(files: sources.map(\.path))
    return Result(zone: zone, diagnostics: diagnostics, sources: sources)
  }
}
