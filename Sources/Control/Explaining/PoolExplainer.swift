internal import DNSWire
internal import Steering

/// Says how a name is answered and why, by loading its zone as the server would.
public struct PoolExplainer: Sendable {
  public let question: PoolQuestion
  /// An address or a network whose sticky answer is wanted.
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
    let network = try client.map { (text) throws(PoolFailure) in try ClientNetwork(parsing: text) }
    let subject = try question.subject()
    switch subject.standing {
    case .absent(let reason): throw PoolFailure(message: reason)
    case .unsteered(let sentences):
      guard json else { return sentences }
      return [JSON.object([("unsteered", .array(sentences.map { .string($0) }))]).text]
    case .steered:
      let explained = subject.explanations.map { ($0, Self.sticky($0, network?.address, subject)) }
      if json { return [JSON.object([("pools", .array(explained.map { $0.json(sticky: $1) }))]).text] }
      return Array(explained.map { $0.lines(sticky: $1) }.joined(separator: [""]))
    }
  }

  private static func sticky(
    _ explanation: Explanation, _ client: IPAddress?, _ subject: PoolSubject
  ) -> StickyAnswer? {
    switch explanation.choice.schedule.order {
    case .hash(.name):
      var picks = StickyPicks(explanation, for: subject)
      return StickyAnswer(client: nil, member: picks.first(for: IPAddress(v4: 0)))
    case .hash(.client):
      guard let client else { return nil }
      var picks = StickyPicks(explanation, for: subject)
      return StickyAnswer(client: client, member: picks.first(for: client))
    case .cycle, .random: return nil
    }
  }
}
