/// Says how a name is answered and why, by loading its zone as the server would.
public struct PoolExplainer: Sendable {
  public let question: PoolQuestion
  /// An address or a network that the query comes from; nil: no certain one.
  public let client: String?
  /// One line of JSON instead of text.
  public let json: Bool

  public init(question: PoolQuestion, client: String? = nil, json: Bool = false) {
    self.question = question
    self.client = client
    self.json = json
  }

  /// - Parameters:
  ///   - output: takes the lines of the report.
  ///   - complaint: takes the lines that say why there is none.
  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ExitStatus.of(output: output, complaint: complaint, report)
  }

  func report() throws(PoolFailure) -> [String] {
    let network = try client.map { (text) throws(PoolFailure) in try ClientNetwork(parsing: text) }
    let subject = try question.subject()
    if case .unsteered(let sentences) = subject.standing {
      guard json else { return sentences }
      return [JSON.object([("unsteered", .array(sentences.map { .string($0) }))]).text]
    }
    let explanations = subject.explanations(from: network)
    if json { return [JSON.object([("pools", .array(explanations.map(\.json)))]).text] }
    return Array(explanations.map(\.lines).joined(separator: [""]))
  }
}
