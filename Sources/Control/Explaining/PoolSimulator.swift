internal import DNSWire
internal import Steering

/// Answers many queries for a name, and counts who comes first.
public struct PoolSimulator: Sendable {
  public let question: PoolQuestion
  /// How many, from 1.
  public let queries: Int
  /// Networks that queries come from; empty: any IPv4 address.
  public let clients: [String]
  /// What all chance follows from.
  public let seed: UInt64
  /// One line of JSON instead of text.
  public let json: Bool
  /// Whether text has a bar for each member.
  public let hasBars: Bool

  /// More would take too long to be meant.
  public static let queryRange = 1...1_000_000_000

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
  ///   - complaint: takes the line that says why there is none.
  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    do throws(PoolFailure) {
      for line in try report() { output(line) }
      return .success
    } catch {
      complaint(LogLine.escaped(error.message))
      return error.status
    }
  }

  func report() throws(PoolFailure) -> [String] {
    guard Self.queryRange.contains(queries) else {
      throw .usage(
        "--queries is \(Self.queryRange.lowerBound) to \(Self.queryRange.upperBound), not \(queries)")
    }
    let networks = try clients.map { (text) throws(PoolFailure) in try ClientNetwork(parsing: text) }
    let subject = try question.subject()
    switch subject.standing {
    case .absent(let reason): throw PoolFailure(message: reason)
    case .unsteered(let sentences): throw PoolFailure(message: sentences.joined(separator: "; "))
    case .steered: break
    }
    let simulations = subject.explanations.map { explanation in
      Simulation(
        of: explanation, for: subject, queries: queries, clients: networks.isEmpty ? [.allIPv4] : networks,
        seed: seed)
    }
    if json { return [JSON.object([("pools", .array(simulations.map(\.json)))]).text] }
    return Array(simulations.map { $0.lines(hasBars: hasBars) }.joined(separator: [""]))
  }
}
