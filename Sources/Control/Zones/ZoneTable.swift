internal import Answering
internal import DNSWire
internal import Steering
internal import Zones

/// The zones that are served and the files they came from: one generation of them. Changes make the next
/// generation; what workers answer from is published apart.
struct ZoneTable: Sendable {
  private struct Entry: Sendable {
    /// Nil: broken, so the zone answers SERVFAIL.
    var zone: LiveZone?
    var known: ReloadPlan.Known
    /// Of what `zone` was read from; nil: there is no zone yet.
    var digest: Int?
  }

  private let workers: Int
  private var entries: [DomainName: Entry] = [:]

  /// - Parameter workers: as many as will answer from these zones.
  init(workers: Int) { self.workers = workers }

  /// What is known of each zone's files.
  var known: [DomainName: ReloadPlan.Known] { entries.mapValues(\.known) }

  var count: Int { entries.count }
  var brokenCount: Int { entries.values.count { $0.zone == nil } }
  var recordCount: Int { entries.values.reduce(0) { $0 + ($1.zone?.compiled.recordCount ?? 0) } }

  var served: [Snapshot.ServedZone] {
    entries.map { apex, entry in entry.zone.map { .loaded($0.servable) } ?? .broken(apex: apex) }
  }

  /// Zones that can be answered from, in the order of their names' octets.
  var live: [LiveZone] { live { _ in true } }

  /// Those of `live` of which `condition` is true.
  func live(where condition: (LiveZone) -> Bool) -> [LiveZone] {
    entries.values.compactMap { entry in entry.zone.flatMap { condition($0) ? $0 : nil } }
      .sorted { $0.compiled.apex.precedes($1.compiled.apex) }
  }

  /// The names of all locations that zones have.
  var locations: Set<String> {
    Set(entries.values.lazy.compactMap(\.zone).flatMap(\.steered.policies.locations).map(\.name))
  }

  /// Zones that answer SERVFAIL, in the order of `live`.
  var broken: [DomainName] {
    entries.filter { $0.value.zone == nil }.map(\.key).sorted { $0.precedes($1) }
  }

  /// Where a name is looked for.
  enum Place {
    case nowhere
    case broken(apex: DomainName)
    case zone(LiveZone)
  }

  /// The zone with the longest apex that the name is at or below.
  func place(of name: DomainName) -> Place {
    var apex: DomainName? = name.lowercased
    while let candidate = apex {
      if let entry = entries[candidate] { return entry.zone.map { .zone($0) } ?? .broken(apex: candidate) }
      apex = candidate.parent
    }
    return .nowhere
  }

  /// Takes what an attempt has read; or keeps what there was, when it failed or nothing is new.
  mutating func apply(_ attempt: ZoneAttempt) -> ZoneEvent {
    let apex = attempt.file.apex
    let old = entries[apex]
    var entry = old ?? Entry(known: attempt.known)
    entry.known = attempt.known
    entry.digest = attempt.digest
    let outcome: ZoneEvent.Outcome
    switch (attempt.result.zone, old?.zone) {
    case (_?, let serving?) where entry.digest == old?.digest:
      outcome = .unchanged(serving: serving.compiled)
    case (let new?, let replaced):
      entry.zone = LiveZone(new, attempt, workers: workers)
      outcome = replaced.map { .replaced(old: $0.compiled, by: new.compiled) } ?? .loaded(new.compiled)
    case (nil, let serving):
      // What is still served came from other contents than those of now.
      entry.digest = old?.digest
      outcome = .refused(serving: serving?.compiled)
    }
    entries[apex] = entry
    return ZoneEvent(
      apex: apex, outcome: outcome, diagnostics: attempt.result.diagnostics, duration: attempt.duration)
  }

  /// Keeps what there was of a zone whose file cannot be read as it is; it is looked at again each time.
  mutating func refuse(_ refusal: ZoneFolder.Refusal) -> ZoneEvent {
    let apex = refusal.apex
    let old = entries[apex]
    let known = ReloadPlan.Known(files: [:], isSettled: false)
    entries[apex, default: Entry(known: known)].known = known
    return ZoneEvent(
      apex: apex, outcome: .refused(serving: old?.zone?.compiled), diagnostics: refusal.diagnostics)
  }

  /// Puts another form of a zone that is served in its place, read of the same files.
  mutating func replace(_ zone: LiveZone) {
    entries[zone.compiled.apex.lowercased]?.zone = zone
  }

  mutating func remove(_ apex: DomainName) -> ZoneEvent {
    entries[apex] = nil
    return ZoneEvent(apex: apex, outcome: .removed)
  }
}

extension DomainName {
  /// By the octets of the names.
  fileprivate func precedes(_ other: DomainName) -> Bool { octets.lexicographicallyPrecedes(other.octets) }
}
