internal import Answering
internal import DNSWire
internal import Steering
internal import Transport

/// Explains answers to who asks for it by a query: what `swiftlet explain` says, of the zones that are served.
struct QueryExplainer: Sendable {
  let generation: ServedGeneration
  let settings: AnswerSettings

  /// The response; empty when there is none to give.
  func respond(to request: ExplanationRequest) -> [UInt8] {
    guard let query = try? ExplanationQuery(request.message, heedsSubnet: settings.heedsSubnet) else {
      return []
    }
    return response(to: query, from: request.client).message(
      to: query, over: request.transport, settings: settings)
  }

  private func response(to query: ExplanationQuery, from client: IPAddress) -> ExplanationResponse {
    guard !query.isMalformed else { return ExplanationResponse(rcode: .formErr) }
    let served = generation.value
    let zone: LiveZone
    switch served.zones.place(of: query.name) {
    // The zone may have gone since the query was let through.
    case .nowhere: return ExplanationResponse(rcode: .refused, extendedError: .notAuthoritative)
    case .broken(let apex):
      return ExplanationResponse(lines: ["zone \(apex) has errors, so it answers SERVFAIL"])
    case .zone(let found): zone = found
    }
    switch NameStanding(of: query.name, nil, in: zone.compiled) {
    case .absent(let reason): return ExplanationResponse(lines: [reason])
    case .unsteered(let sentences): return ExplanationResponse(lines: sentences)
    case .steered(let numbers):
      let subnet = query.edns?.subnet?.network
      let network = subnet ?? IPNetwork(client.untranslated)
      let source = subnet == nil ? "who asks" : "client subnet"
      let explanations = numbers.map { number in
        Explanation(
          of: zone.steered.pools[number], in: zone.steered, for: query.name, served.facts(zone, number),
          from: network)
      }
      return ExplanationResponse(
        lines: ["client \(network) (\(source))"] + explanations.flatMap(\.lines),
        isForClient: true)
    }
  }
}
