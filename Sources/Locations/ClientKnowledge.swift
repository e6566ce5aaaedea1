/// What is known of clients but for what zones say.
public struct ClientKnowledge: Equatable, Sendable {
  public var database: LocationDatabase?
  public var times: ResponseTimes?

  public init(database: LocationDatabase? = nil, times: ResponseTimes? = nil) {
    self.database = database
    self.times = times
  }
}
