import Answering
import DNSWire
import Glibc
import Testing
import Zones

@testable import Transport

/// A data plane on loopback, on a port of its own, serving `example.com`, where `shop` is a pool of three members that
/// come first 5, 3 and 2 times in 10 turns. Stopped with its last reference.
final class TestServer: Sendable {
  /// TXT records at `big.example.com`: a response to it takes some 59,000 octets.
  static let bigRecords = 225

  let listeners: Listeners
  let dataPlane: DataPlane
  let publisher: SnapshotPublisher
  let zone: ServableZone

  convenience init(
    _ addresses: [String] = ["127.0.0.1"], threads: Int = 1, tcp: TCPSettings = TCPSettings(),
    explainer: @escaping Explainer = { _ in [] }
  ) throws {
    var endpoints: [Endpoint] = []
    for address in addresses {
      endpoints.append(Endpoint(address: try #require(IPAddress(address)), port: 0))
    }
    try self.init(Listeners(endpoints, threads: threads), tcp: tcp, explainer: explainer)
  }

  init(
    _ listeners: Listeners, tcp: TCPSettings = TCPSettings(), explainer: @escaping Explainer = { _ in [] }
  ) throws {
    // Both ends of some thousand connections are open files here.
    OpenFileLimit.raise(to: 8_192)
    self.listeners = listeners
    let workers = listeners.workerCount
    let compiled = try Self.compiledZone()
    zone = ServableZone(
      compiled, schedules: compiled.pools.map { Self.schedule($0, of: compiled) }, workers: workers)
    var settings = AnswerSettings()
    settings.explainFrom = [IPNetwork(IPAddress(v4: 0x7f00_0000), length: 8), try IPNetwork("::1")]
    // No zone is so small that queries for it are not foreseen.
    let snapshot = Snapshot(zones: [.loaded(zone)], settings: settings, cachedSize: 0, cachedPools: 0)
    publisher = SnapshotPublisher(snapshot, workers: workers)
    dataPlane = try DataPlane(listeners, publisher: publisher, tcp: tcp, explainer: explainer)
  }

  deinit { dataPlane.stop() }

  /// The port of the first endpoint.
  var port: UInt16 { listeners.endpoints[0].port }

  /// The sum over the workers of a transport.
  func count(_ counter: Counter, _ transport: TransportKind) -> Int {
    dataPlane.counters().filter { $0.transport == transport }.reduce(0) { $0 + Int($1[counter]) }
  }

  private static func schedule(_ pool: PoolSite, of zone: CompiledZone) -> EncodedSchedule {
    EncodedSchedule(
      .addresses(pool.addresses), at: pool, apex: zone.apex, ttl: 60, picking: .cycle,
      answers: [[0], [1], [2]], turns: [0, 1, 2, 0, 0, 1, 0, 2, 1, 0])
  }

  private static func compiledZone() throws -> CompiledZone {
    var text = """
      $TTL 60
      @   SOA ns hostmaster 1 7200 900 1209600 30
      @   NS  ns
      ns  A   192.0.2.1
      www A   192.0.2.10
      shop A  192.0.2.20
      shop A  192.0.2.21
      shop A  192.0.2.22
      _lb.shop TXT "steer=weighted"

      """
    for index in 0..<bigRecords {
      let number = "\(1000 + index)"
      text += "big TXT \"\(number)\(String(repeating: "x", count: 250 - number.utf8.count))\"\n"
    }
    var path = Array("/tmp/swiftlet-transport-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    try #require(file >= 0)
    defer {
      close(file)
      unlink(path)
    }
    let written = Array(text.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    try #require(written == text.utf8.count)
    let apex = DomainName(wellFormed: [7] + Array("example".utf8) + [3] + Array("com".utf8) + [0])
    let name = path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    let result = ZoneLoader.load(file: name, apex: apex)
    return try #require(result.zone, "\(result.diagnostics)")
  }
}

/// Waits for what no event tells of, such as a counter. At most ten seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<10_000 {
    if condition() { return true }
    usleep(1000)
  }
  return condition()
}

/// Seconds of a clock that is never set.
func seconds() -> Double { Double(System.milliseconds()) / 1000 }
