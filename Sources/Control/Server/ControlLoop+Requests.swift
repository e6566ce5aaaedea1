internal import Answering
internal import DNSWire
internal import Health
internal import Steering
internal import Zones

extension ControlLoop {
  /// Does what is asked for, and replies. What takes long to tell is worked out when the reply is written, not here.
  mutating func handle(_ request: ControlRequest, _ reply: @escaping Reply) async {
    if request.isAboutMembers, running == nil {
      return reply { .failure("zones are being read for the first time; ask again when that is done") }
    }
    if request.isAboutMembers, isHandingOver {
      return reply { .failure("another process is about to take over; ask again in a moment") }
    }
    if let member = request.neededMember, keeper.pools.with(member).isEmpty {
      let view = view
      return reply { .failure(LogLine.escaped(view.sentence(onStranger: member))) }
    }
    switch request {
    case .status(let name):
      let observation = observe()
      reply {
        Self.reply { () throws(PoolFailure) in
          var report = observation.status
          let view = observation.view
          report.pools =
            try name.map { (name) throws(PoolFailure) in try view.statuses(of: name) } ?? view.statuses
          return report.json
        }
      }
    case .explain(let question):
      let view = view
      reply { Self.reply { () throws(PoolFailure) in .success(try view.explain(question)) } }
    case .reload: reload(reply)
    case .order(let order):
      let result = await obey(order)
      reply { Self.reply { () throws(PoolFailure) in try result.get().json } }
    case .takeBack(let scope):
      let result = await takeBackOrders(of: scope)
      reply { Self.reply { () throws(PoolFailure) in try result.get().json } }
    case .beat(let beat):
      let result = take(beat)
      reply { Self.reply { () throws(PoolFailure) in try result.get().json } }
    }
  }

  private static func reply(_ body: () throws(PoolFailure) -> JSON) -> JSON {
    do throws(PoolFailure) {
      return try body()
    } catch {
      return .failure(LogLine.escaped(error.lines.joined(separator: "; ")))
    }
  }
}
