internal import DNSWire
internal import Zones

/// What became of one zone in a load.
struct ZoneEvent: Sendable {
  enum Outcome: Sendable {
    /// Taken, where there was no usable version before.
    case loaded(CompiledZone)
    /// Taken in place of `old`.
    case replaced(old: CompiledZone, by: CompiledZone)
    /// Read again to find that nothing has changed; `serving` goes on.
    case unchanged(serving: CompiledZone)
    /// Refused; `serving` is what still answers, nil: the zone answers SERVFAIL.
    case refused(serving: CompiledZone?)
    /// No longer served, as its file is gone.
    case removed
  }

  let apex: DomainName
  let outcome: Outcome
  var diagnostics: [Diagnostic] = []
  var duration: Duration = .zero
}
