import Answering
import DNSWire
import Glibc
import Steering
import Transport
import Zones

/// Serves a zone of pools on 127.0.0.1, then has members go down and come up again, one at a time, and tells how long
/// each change took from what is known of the member to answers by it.
///
/// Usage: `flips ZONE-FILE APEX PORT COUNT MICROSECONDS-BETWEEN`. Prints a line of JSON when it answers, waits for a
/// line on standard input, flips, prints a second line of JSON, and leaves when standard input ends.
@main
struct Flips {
  private let zone: SteeredZone
  private let servable: ServableZone
  private let publisher: SnapshotPublisher
  private let dataPlane: DataPlane
  private var inputs: [[MemberInput]]

  static func main() {
    let words = CommandLine.arguments
    guard words.count == 6, let apex = try? DomainName(words[2]), let port = UInt16(words[3]),
      let count = Int(words[4]), let pause = UInt32(words[5])
    else { fail("usage: flips ZONE-FILE APEX PORT COUNT MICROSECONDS-BETWEEN") }
    var flips = Flips(file: words[1], apex: apex, port: port)
    guard readLine() != nil else { return }
    flips.run(count, pause: pause)
    while readLine() != nil {}
    flips.dataPlane.stop()
  }

  private init(file: String, apex: DomainName, port: UInt16) {
    let started = ContinuousClock.now
    let loaded = SteeredZoneLoader.load(file: file, apex: apex)
    guard let zone = loaded.zone else { Self.fail("\(loaded.diagnostics)") }
    let read = ContinuousClock.now
    let schedules = zone.schedules()
    let endpoint = Endpoint(address: IPAddress(v4: 0x7f00_0001), port: port)
    do {
      let listeners = try Listeners([endpoint], threads: 1)
      let workers = listeners.workerCount
      servable = ServableZone(zone.compiled, schedules: schedules, workers: workers)
      publisher = SnapshotPublisher(
        Snapshot(zones: [.loaded(servable)], settings: AnswerSettings()), workers: workers)
      dataPlane = try DataPlane(listeners, publisher: publisher) { _ in [] }
    } catch {
      Self.fail("\(error)")
    }
    let ready = ContinuousClock.now
    self.zone = zone
    inputs = zone.pools.map { $0.members.map { _ in MemberInput() } }
    Self.say(#"{"pools": \#(zone.pools.count), "read": \#(started.to(read)), "encoded": \#(read.to(ready))}"#)
  }

  private mutating func run(_ count: Int, pause: UInt32) {
    var choosing: [Double] = []
    var encoding: [Double] = []
    var replacing: [Double] = []
    for flip in 0..<count {
      // One pool after the other, far apart in memory; the member goes down in one round and comes up in the next.
      let number = flip * 7919 % zone.pools.count
      let pool = zone.pools[number]
      let member = number % pool.members.count
      let begin = ContinuousClock.now
      inputs[number][member].state = inputs[number][member].state == .down ? .up : .down
      let choices = pool.choose(inputs[number])
      let chosen = ContinuousClock.now
      let schedule = pool.encode(choices, apex: zone.compiled.apex, horizon: nil)
      let encoded = ContinuousClock.now
      publisher.replace([(servable, number, schedule)])
      let replaced = ContinuousClock.now
      choosing.append(begin.to(chosen))
      encoding.append(chosen.to(encoded))
      replacing.append(encoded.to(replaced))
      usleep(pause)
    }
    let given = zone.pools.indices.reduce(0) { $0 + servable.answersGiven(pool: $1).reduce(0, +) }
    Self.say(
      #"{"choose": \#(choosing), "encode": \#(encoding), "replace": \#(replacing), "answers": \#(given)}"#)
  }

  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private static func fail(_ reason: String) -> Never {
    let line = Array("flips: \(reason)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
  }
}

extension ContinuousClock.Instant {
  /// Microseconds.
  fileprivate func to(_ later: Self) -> Double {
    let (seconds, attoseconds) = duration(to: later).components
    return Double(seconds) * 1e6 + Double(attoseconds) / 1e12
  }
}
