internal import Answering
internal import DNSWire
internal import Health
internal import Probing
internal import Zones

extension Observation {
  /// All metrics, see docs/monitoring.md.
  func metrics(_ recent: RecentEvents) -> String {
    var text = MetricsText()
    writeServer(to: &text, recent)
    writeQueries(to: &text)
    writeZones(to: &text)
    writeProbes(to: &text)
    writePools(to: &text)
    writeProcess(to: &text)
    return text.text
  }

  private func writeServer(to text: inout MetricsText, _ recent: RecentEvents) {
    text.begin("swiftlet_build_info", .gauge, "The server's version, as a label of the number 1.")
    text.add(["version": Version.text], 1)
    text.begin(
      "swiftlet_ready", .gauge, "Whether zones are served and every member has been checked: 0 or 1.")
    text.add(isReady ? 1 : 0)
    text.begin("swiftlet_reloads_total", .counter, "Passes over the zones folder, by what they came to.")
    for result in ControlTallies.Result.allCases {
      text.add(["result": result.rawValue], tallies.reloads[result] ?? 0)
    }
    if let last = tallies.lastResult {
      text.begin("swiftlet_last_reload_successful", .gauge, "Whether the last pass refused nothing: 0 or 1.")
      text.add(last == .success ? 1 : 0)
    }
    if let time = tallies.lastSuccess {
      text.begin(
        "swiftlet_last_reload_success_timestamp_seconds", .gauge, "When a pass last refused nothing.")
      text.add(time)
    }
    text.begin("swiftlet_snapshots_total", .counter, "Snapshots of all zones that were published.")
    text.add(tallies.publications)
    if let time = tallies.lastPublication {
      text.begin(
        "swiftlet_snapshot_timestamp_seconds", .gauge, "When the snapshot was published that is served.")
      text.add(time)
    }
    text.begin(
      "swiftlet_schedule_swaps_total", .counter, "Schedules of pools that were replaced between snapshots.")
    text.add(tallies.replacements)
    text.begin("swiftlet_events_total", .counter, "What happened, by kind.")
    for kind in RecentEvents.kinds { text.add(["event": kind], recent.counts[kind] ?? 0) }
  }

  private func writeZones(to text: inout MetricsText) {
    text.begin(
      "swiftlet_zones", .gauge, "Zones, by whether they are served or have errors and answer SERVFAIL.")
    text.add(["state": "served"], view.table.count - view.table.brokenCount)
    text.add(["state": "broken"], view.table.brokenCount)
    text.begin("swiftlet_zone_records", .gauge, "Records of all zones.")
    text.add(view.table.recordCount)
    guard let totals = answering?.publisher.zoneTotals() else { return }
    let zones = view.table.live.filter { totals[$0.compiled.apex.lowercased] != nil }
    text.begin("swiftlet_zone_serial", .gauge, "The SOA's serial of a zone.")
    for zone in zones { text.add(["zone": "\(zone.compiled.apex)"], zone.compiled.serial) }
    text.begin("swiftlet_zone_queries_total", .counter, "Queries for names in a zone.")
    for (apex, count) in totals.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      text.add(["zone": "\(apex)"], count)
    }
    if view.table.count > totals.count, let others = answering?.publisher.otherZonesTotal {
      text.add(["zone": "other"], others)
    }
  }

  private func writeProbes(to text: inout MetricsText) {
    text.begin(
      "swiftlet_isolated", .gauge, "Whether the prober doubts itself, so that states are held: 0 or 1.")
    text.add(view.monitor.isolatedSince == nil ? 0 : 1)
    text.begin("swiftlet_probes_started_total", .counter, "Probes that were begun.")
    text.add(probes.started)
    text.begin("swiftlet_probes_total", .counter, "Probes that ended, by reason.")
    for reason in Reason.Kind.allCases { text.add(["reason": reason.rawValue], probes[reason]) }
    text.begin(
      "swiftlet_probes_late_total", .counter, "Probes that began later than 1.1 intervals after the last.")
    text.add(probes.late)
    text.begin(
      "swiftlet_probes_waited_total", .counter, "Probes that waited until fewer others were running.")
    text.add(probes.waited)
    text.begin(
      "swiftlet_probes_abandoned_total", .counter,
      "Probes that were ended though this process had lost more time than is added.")
    text.add(probes.abandoned)
    text.begin("swiftlet_probes_running", .gauge, "Probes that run.")
    text.add(probes.running)
    text.begin("swiftlet_probe_targets", .gauge, "Members that are probed, each once for each check.")
    text.add(probes.targets)
  }

  private func writeProcess(to text: inout MetricsText) {
    text.begin("process_start_time_seconds", .gauge, "When the process was started, in seconds since 1970.")
    text.add(System.wallClock / 1_000_000_000 - Int64(uptime))
    guard let usage = System.usage else { return }
    text.begin("process_cpu_seconds_total", .counter, "Processor time of user and system.")
    text.add(usage.processorTime)
    text.begin("process_resident_memory_bytes", .gauge, "Memory that is in use.")
    text.add(usage.residentMemory)
    text.begin("process_virtual_memory_bytes", .gauge, "Memory that addresses are reserved for.")
    text.add(usage.virtualMemory)
    text.begin("process_open_fds", .gauge, "Open file descriptors.")
    text.add(usage.openFiles)
    if let limit = System.openFileLimit {
      text.begin("process_max_fds", .gauge, "How many file descriptors may be open.")
      text.add(limit)
    }
  }
}
