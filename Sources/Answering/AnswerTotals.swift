public import DNSWire

/// What all workers together have counted since the start.
public struct AnswerTotals: Equatable, Sendable {
  var events = [UInt64](repeating: 0, count: AnswerCounters.Event.allCases.count)
  /// By number; those of the last are of all further types.
  var types = [UInt64](repeating: 0, count: AnswerCounters.typeCount + 1)

  public init() {}

  /// Each counter with its name, in a fixed order, but for types.
  public var all: [(name: String, count: UInt64)] {
    AnswerCounters.Event.allCases.map { (String(describing: $0), self[$0]) }
  }

  /// Queries that ask for a type, among those that got a response. Those of type 0 are mostly no questions at all.
  public func queries(for type: RRType) -> UInt64 {
    type.rawValue < AnswerCounters.typeCount ? types[Int(type.rawValue)] : 0
  }

  /// Queries that got a response.
  public var answered: UInt64 { types.reduce(0, +) }

  /// Responses by their code; those that are left to others to be explained do not count.
  public var responses: [(rcode: Rcode, count: UInt64)] {
    [
      (.noError, self[.noError]), (.formErr, self[.formErr]), (.servFail, self[.servFail]),
      (.nxDomain, self[.nxDomain]), (.notImp, self[.notImp]), (.refused, self[.refused]),
      (.yxDomain, self[.yxDomain]), (.notAuth, self[.notAuth]), (.badVers, self[.badVers]),
    ]
  }

  /// Queries that got no response: too short for a header, or themselves responses.
  public var ignored: UInt64 { self[.ignored] }
  public var truncated: UInt64 { self[.truncated] }
  /// Queries of class CH for the server's own names.
  public var chaos: UInt64 { self[.chaos] }
  /// Queries for explanations.
  public var explanations: UInt64 { self[.explanation] }

  private subscript(event: AnswerCounters.Event) -> UInt64 { events[event.rawValue] }
}
