internal import Answering
internal import DNSWire
internal import Transport
internal import Zones

extension Observation {
  /// Types that are told one by one, if there are queries for them.
  private static let types: [RRType] = [
    1, 2, 5, 6, 12, 13, 15, 16, 28, 29, 33, 35, 39, 43, 44, 46, 47, 48, 50, 51, 52, 59, 60, 61, 64, 65, 99,
    251,
    252, 255, 256, 257,
  ].map { RRType(rawValue: $0) }

  func writeQueries(to text: inout MetricsText) {
    guard let answering else { return }
    let totals = answering.publisher.totals()
    let workers = answering.dataPlane.counters()
    text.begin("swiftlet_queries_total", .counter, "Queries that came, of any content.")
    for (transport, name) in [(TransportKind.udp, "udp"), (.tcp, "tcp")] {
      let workers = workers.filter { $0.transport == transport }
      for (family, familyName) in [(IPAddress.Family.v4, "ipv4"), (.v6, "ipv6")] {
        text.add(
          ["transport": name, "family": familyName], workers.reduce(0) { $0 + $1.queries(over: family) })
      }
    }
    text.begin("swiftlet_queries_by_type_total", .counter, "Queries that got a response, by type.")
    var others = totals.answered
    for type in Self.types {
      let count = totals.queries(for: type)
      others -= min(count, others)
      if count > 0 || type == .a || type == .aaaa { text.add(["type": type.mnemonic], count) }
    }
    text.add(["type": "other"], others)
    text.begin("swiftlet_responses_total", .counter, "Responses, by their code.")
    for (rcode, count) in totals.responses { text.add(["rcode": rcode.name], count) }
    text.begin(
      "swiftlet_responses_truncated_total", .counter, "Responses with the flag TC, as too long for UDP.")
    text.add(totals.truncated)
    text.begin(
      "swiftlet_queries_ignored_total", .counter,
      "Messages without a response: too short to be a query, or responses themselves.")
    text.add(totals.ignored)
    text.begin("swiftlet_chaos_queries_total", .counter, "Queries of class CH for the server's own names.")
    text.add(totals.chaos)
    text.begin("swiftlet_explanations_total", .counter, "Queries of class CH for explanations.")
    text.add(totals.explanations)
    writeSockets(to: &text, workers, connections: answering.dataPlane.connectionCount)
  }

  private func writeSockets(to text: inout MetricsText, _ workers: [WorkerCounters], connections: Int) {
    func sum(_ counter: Counter, _ transport: TransportKind? = nil) -> UInt64 {
      workers.reduce(0) { transport == nil || $1.transport == transport ? $0 + $1[counter] : $0 }
    }
    text.begin("swiftlet_responses_dropped_total", .counter, "Responses that could not be sent.")
    text.add(["transport": "udp"], sum(.dropped, .udp))
    text.add(["transport": "tcp"], sum(.dropped, .tcp))
    text.begin(
      "swiftlet_queries_overflowed_total", .counter,
      "Queries over UDP that came faster than they could be taken.")
    text.add(workers.reduce(0) { $0 + $1.overflowed })
    text.begin(
      "swiftlet_queries_oversized_total", .counter, "Queries that were longer than what is read of them.")
    text.add(sum(.truncated))
    text.begin(
      "swiftlet_explanations_refused_total", .counter,
      "Queries for explanations that found too many others waiting.")
    text.add(sum(.unexplained))
    if let queryLog {
      text.begin("swiftlet_query_log_queries_total", .counter, "Queries that were taken to the query log.")
      text.add(queryLog.logged)
      text.begin(
        "swiftlet_query_log_lost_total", .counter,
        "Queries, lines and frames that were lost to the query log.")
      text.add(queryLog.lost)
    }
    text.begin("swiftlet_socket_failures_total", .counter, "Failed calls to receive or accept.")
    text.add(sum(.failed))
    text.begin("swiftlet_tcp_connections", .gauge, "TCP connections that are open.")
    text.add(connections)
    text.begin("swiftlet_tcp_connections_total", .counter, "TCP connections that were accepted.")
    text.add(sum(.connections))
    text.begin(
      "swiftlet_tcp_connections_limited_total", .counter, "TCP connections that a limit ended or refused.")
    text.add(sum(.limited))
    text.begin(
      "swiftlet_tcp_connections_timed_out_total", .counter, "TCP connections that were idle for too long.")
    text.add(sum(.timedOut))
    writeDurations(to: &text, workers)
  }

  private func writeDurations(to text: inout MetricsText, _ workers: [WorkerCounters]) {
    var durations = AnswerDurations()
    for worker in workers { durations += worker.durations }
    text.begin(
      "swiftlet_answer_duration_seconds", .histogram,
      "From a query in memory to its response in memory, of one query in 61.")
    var count: UInt64 = 0
    for (end, inside) in zip(AnswerDurations.ends, durations.counts) {
      count += inside
      text.add(["le": "\(Double(end) / 1e9)"], suffix: "_bucket", count)
    }
    count += durations.counts.last ?? 0
    text.add(["le": "+Inf"], suffix: "_bucket", count)
    text.add([:], suffix: "_sum", Double(durations.sum) / 1e9)
    text.add([:], suffix: "_count", count)
  }
}
