public import DNSWire

/// Reads, checks and compiles one zone. `check` and `serve` both go through here.
public enum ZoneLoader {
  public struct Result: Sendable {
    /// Nil when there was an error.
    public let zone: CompiledZone?
    /// By file and line; errors and warnings.
    public let diagnostics: [Diagnostic]
    /// The zone file and all that it includes, by which a change is noticed.
    public let files: [String]
  }

  /// Loads the zone file at a path. Takes about a second for a million records.
  public static func load(file: String, apex: DomainName) -> Result {
    var builder = ZoneBuilder(apex: apex)
    let files = ZoneFileReader.read(file: file, apex: apex, into: &builder)
    let (zone, diagnostics) = builder.compile(files: files)
    return Result(zone: zone, diagnostics: diagnostics, files: files)
  }
}
