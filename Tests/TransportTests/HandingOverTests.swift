import DNSWire
import Glibc
import Testing

@testable import Answering
@testable import Transport

@Suite struct HandingOverTests {
  /// The sockets of listeners as another process would have them.
  private static func passed(_ listeners: Listeners) throws -> [InheritedSocket] {
    try listeners.numbers.map { try InheritedSocket(fcntl($0, F_DUPFD_CLOEXEC, 0)) }
  }

  /// Old and new number of threads.
  @Test(arguments: [(1, 1), (1, 3), (3, 1), (2, 4), (4, 3)])
  func everySocketHasAWorker(old: Int, new: Int) throws {
    let first = try Listeners(
      [try Endpoint(parsing: "127.0.0.1:0"), try Endpoint(parsing: "[::1]:0")], threads: old)
    let inherited = try Self.passed(first)
    let second = try Listeners(first.endpoints, threads: new, inherited: inherited)
    for endpoint in 0..<2 {
      let seats = second.seats.filter { $0.endpoint == endpoint }
      #expect(seats.count == max(old, new))
      #expect(seats.map(\.thread) == Array(0..<max(old, new)))
      #expect(Set(seats.map(\.socket.number)).count == old)
      #expect(seats.count { $0.isShared } == max(0, new - old))
    }
    #expect(second.tcpSeats.count == new)
    #expect(second.tcpSeats.allSatisfy { $0.count >= 2 })
    #expect(Set(second.tcpSeats.joined().map(\.number)).count == 2 * old)
    #expect(second.workerCount == 2 * max(old, new) + new)
  }

  @Test func socketsAreMatchedByWhereTheyAreBound() throws {
    let first = try Listeners([try Endpoint(parsing: "127.0.0.1:0")], threads: 2)
    let inherited = try Self.passed(first)
    #expect(inherited.map(\.transport) == [.udp, .udp, .tcp, .tcp])
    #expect(inherited.allSatisfy { $0.endpoint == first.endpoints[0] })
    let other = try Listeners([try Endpoint(parsing: "127.0.0.2:0")], threads: 1, inherited: inherited)
    #expect(Set(other.numbers).isDisjoint(with: inherited.map(\.descriptor.number)))
    // Of one transport alone.
    let udp = try Listeners(
      [try Endpoint(parsing: "127.0.0.3:0")], threads: 1, inherited: inherited.filter { $0.transport == .udp }
    )
    #expect(udp.tcp[0].count == 1)
  }

  /// Queries are in flight all the time, while one data plane takes over from the other, again and again.
  @Test func noQueryIsLost() throws {
    var server = try TestServer(threads: 2)
    let port = server.port
    let clients = try (0..<16).map { _ in try TestClient(.udp, port: port) }
    var id: UInt16 = 0
    for threads in [1, 3, 2, 2, 1] {
      for client in clients {
        for offset in 0..<20 { client.send(TestQuery.octets(id: id + UInt16(offset))) }
      }
      let next = try TestServer(
        Listeners(server.listeners.endpoints, threads: threads, inherited: Self.passed(server.listeners)))
      for client in clients {
        for offset in 20..<40 { client.send(TestQuery.octets(id: id + UInt16(offset))) }
      }
      server.dataPlane.leave()
      for client in clients {
        for offset in 40..<60 { client.send(TestQuery.octets(id: id + UInt16(offset))) }
      }
      for client in clients {
        let answered = (0..<60).map { _ in client.receive().map { TestResponse(octets: $0).id } }
        #expect(Set(answered) == Set((0..<60).map { Int(id) + $0 }.map(Optional.init)))
      }
      server = next
      id += 60
    }
  }

  @Test func connectionsAreServedOnUntilTheyAreIdle() throws {
    var settings = TCPSettings()
    settings.idleTimeoutWhenLeaving = .milliseconds(300)
    let old = try TestServer(tcp: settings)
    let open = try TestClient(.tcp, port: old.port)
    #expect(open.isAnswered())
    let new = try TestServer(
      Listeners(old.listeners.endpoints, threads: 1, inherited: Self.passed(old.listeners)))
    let leaving = try WorkerThread(name: "leave", core: nil) { old.dataPlane.leave() }
    // Those that come are taken by the new one alone, from when the old one has noticed.
    #expect(
      eventually {
        let before = new.count(.connections, .tcp)
        let client = try? TestClient(.tcp, port: new.port)
        return client?.isAnswered() == true && new.count(.connections, .tcp) > before
      })
    #expect(open.isAnswered())
    #expect(open.isEnded)
    leaving.join()
    #expect(old.dataPlane.connectionCount == 0)
    let taken = old.count(.connections, .tcp)
    for _ in 0..<20 { #expect(try TestClient(.tcp, port: new.port).isAnswered()) }
    #expect(old.count(.connections, .tcp) == taken)
  }

  @Test func descriptorsThatAreOfNoUse() throws {
    let neither = "is neither a socket of UDP nor one of TCP that listens"
    for number in [
      open("/dev/null", O_RDONLY), socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0),
      socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0),
    ] {
      let error = #expect(throws: InheritedSocket.Unusable.self) { try InheritedSocket(number) }
      #expect(error?.description == neither)
    }
    #expect(throws: InheritedSocket.Unusable.self) { try InheritedSocket(-1) }
    let both = try System.socket(.v6, .udp)
    try System.setOption(both, level: Int32(IPPROTO_IPV6), option: IPV6_V6ONLY, to: 0)
    try System.bind(both, to: try Endpoint(parsing: "[::]:0"))
    let error = #expect(throws: InheritedSocket.Unusable.self) {
      try InheritedSocket(fcntl(both.number, F_DUPFD_CLOEXEC, 0))
    }
    #expect(error?.description.hasSuffix("have it made for IPv6 alone (BindIPv6Only=ipv6-only)") == true)
  }
}
