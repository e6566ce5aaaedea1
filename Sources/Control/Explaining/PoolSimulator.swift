/// Answers many queries for a name, and counts who comes first.
public struct PoolSimulator: Sendable {
  public let question: PoolQuestion
  /// How many, from 1.
  public let queries: Int
  /// Networks that queries come from, or files of them; none: any IPv4 address.
  public let clients: [String]
  /// What all chance follows from.
  public let seed: UInt64
  /// One line of JSON instead of text.
  public let json: Bool
  /// Whether text has a bar for each member.
  public let hasBars: Bool

  /// More would take too long to be meant.
  public static let queryRange = 1...100_000_000

  public init(
    question: PoolQuestion, queries: Int, clients: [String] = [], seed: UInt64 = 1, json: Bool = false,
    hasBars: Bool = false
  ) {
    self.question = question
    self.queries = queries
    self.clients = clients
    self.seed = seed
    self.json = json
    self.hasBars = hasBars
  }

  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why there is none.
  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ExitStatus.of(output: output, complaint: complaint, report)
  }

  func report() throws(PoolFailure) -> [String] {
    guard Self.queryRange.contains(queries) else {
      let range = Self.queryRange
      throw .usage("--queries is \(range.lowerBound) to \(range.upperBound), not \(queries)")
    }
    let networks = try ClientList.networks(of: clients)
    let subject = try question.subject()
    if case .unsteered(let sentences) = subject.standing { throw PoolFailure(lines: sentences) }
    let simulations = subject.explanations().map { explanation in
      Simulation(
        of: explanation, in: subject.client == nil ? subject.zone : nil, queries: queries,
        clients: networks.isEmpty ? [.allIPv4] : networks, seed: seed)
    }
    if json { return [JSON.object([("pools", .array(simulations.map(\.json)))]).text] }
    return Array(simulations.map { $0.lines(hasBars: hasBars) }.joined(separator: [""]))
  }
}
