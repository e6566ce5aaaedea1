internal import Answering
internal import DNSWire
internal import Glibc
internal import Health
internal import Steering
internal import Zones

extension ControlLoop {
  /// Does what is asked for, and replies. What takes long to tell is worked out when the reply is written, not here.
  mutating func handle(_ request: ControlRequest, _ reply: @escaping Reply) async {
    if request.isAboutMembers, running == nil {
      return reply { .failure("zones are being read for the first time; ask again when that is done") }
    }
    if let member = request.neededMember, keeper.pools.with(member).isEmpty {
      let view = view
      return reply { .failure(LogLine.escaped(view.sentence(onStranger: member))) }
    }
    switch request {
    case .status(let name):
      let (report, view) = (status, view)
      reply {
        Self.reply { () throws(PoolFailure) in
          var report = report
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

  /// The server's own, without pools.
  private var status: ServerStatus {
    ServerStatus(
      version: Version.text, process: Int(getpid()), time: Int(System.wallClock / 1_000_000_000),
      uptime: uptimeSeconds, zones: table.count, records: table.recordCount,
      brokenZones: table.broken.map { "\($0)" }, isLoading: requests.isRunning,
      isolatedSince: monitor.isolatedSince.map { Clocks.now.seconds(of: $0) }, pools: [])
  }

  /// What questions are answered from.
  private var view: LiveView { LiveView(table: table, pools: keeper.pools, monitor: monitor) }
}
