import DNSWire
import Health
import Steering

/// A check of the kind `tcp`, or of `probe`, probed every second.
func check(
  _ probe: Probe = .tcp(send: [], expect: []), name: String = "web", interval: Duration = .seconds(1),
  rise: Int = 2, fall: Int = 3
) -> CheckDefinition {
  var check = CheckDefinition(name: name, probe: probe)
  check.port = 80
  check.interval = interval
  check.timeout = interval / 2
  check.rise = rise
  check.fall = fall
  return check
}

func member(_ number: Int) -> Member.Identity { .address(IPAddress(v4: 0x0a00_0000 + UInt32(number))) }

func members(_ numbers: Range<Int>) -> [Member.Identity] { numbers.map(member) }

extension Moment {
  static func seconds(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }
}

extension ProbeResult {
  static var success: ProbeResult {
    ProbeResult(isSuccess: true, reason: Reason(.success, "connected"), responseTime: .milliseconds(10))
  }

  static func failure(_ kind: Reason.Kind = .refused) -> ProbeResult {
    ProbeResult(isSuccess: false, reason: Reason(kind, "\(kind)"))
  }

  /// A timeout after a connection came about.
  static var hanging: ProbeResult {
    var result = failure(.timeout)
    result.isMute = false
    return result
  }

  /// A success along with what the member says of itself.
  static func report(
    _ word: LoadReport.Word? = nil, weight: Int? = nil, connections: Int? = nil, load: Double? = nil
  ) -> ProbeResult {
    var result = ProbeResult.success
    result.report.administration = word
    result.report.weight = weight
    result.report.connections = connections
    result.report.load = load
    return result
  }
}

/// A table of one target, and what became of it.
struct Patient {
  var table = HealthTable()
  let id: Target.ID

  init(_ check: CheckDefinition, at moment: Moment = .seconds(0)) {
    id = table.update(to: [HealthPool(check, members: [member(1)])], at: moment).added[0]
    _ = table.takeChanges()
  }

  var health: TargetHealth { table.health(of: id)! }
  var input: MemberInput { table.input(of: id) }

  mutating func apply(_ result: ProbeResult, at seconds: Double) {
    table.apply([(id, result)], at: .seconds(seconds))
  }

  /// A character a second: `+` a success, `-` a failure, `~` a failure of which nothing comes back. Returns the state
  /// after each: `u`p, `d`own, `?`.
  mutating func run(_ results: String, from seconds: Double = 1) -> String {
    var states = ""
    for (index, result) in results.enumerated() {
      apply(
        result == "+" ? .success : .failure(result == "~" ? .timeout : .code), at: seconds + Double(index))
      states += health.state == .up ? "u" : health.state == .down ? "d" : "?"
    }
    return states
  }
}
