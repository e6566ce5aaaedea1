import DNSWire
import Testing

@testable import Transport

@Suite struct ConnectionTableTests {
  private let client = IPAddress(v4: 0x7f00_0001)

  @Test func slotsAreUsedOverAgainByOtherGenerations() throws {
    var table = try ConnectionTable(capacity: 2)
    let first = table.insert(socket: 10, client: client, port: 53, clientIndex: 3, now: 5)
    let second = table.insert(socket: 11, client: client, port: 53, clientIndex: 3, now: 5)
    let excess = table.insert(socket: 12, client: client, port: 53, clientIndex: 3, now: 5)
    #expect(first == 0)
    #expect(second == 1)
    #expect(excess == nil)
    let generation = table[0].generation
    let present = table.slot(0, ofGeneration: generation)
    #expect(present == 0)
    table.remove(0)
    let removed = table.slot(0, ofGeneration: generation)
    #expect(removed == nil)
    let third = table.insert(socket: 13, client: client, port: 53, clientIndex: 3, now: 5)
    let stale = table.slot(0, ofGeneration: generation)
    #expect(third == 0)
    #expect(stale == nil)
    #expect(table[0].socket == 13)
    #expect(table.count == 2)
  }

  @Test func tokensKeepTheirSubject() {
    for token in [EventToken(.stop), EventToken(.listener(0)), EventToken(.listener(70))] {
      #expect(EventToken(token.subject).rawValue == token.rawValue)
    }
    let token = EventToken(.connection(slot: 0, generation: 0x7fff_ffff))
    guard case .connection(slot: 0, generation: 0x7fff_ffff) = token.subject else {
      Issue.record("\(token.subject)")
      return
    }
  }

  @Test func chunksAreHandedOutOnce() throws {
    var pool = try ChunkPool(count: 3)
    let taken = [pool.take(), pool.take(), pool.take()].compactMap { $0 }
    #expect(Set(taken).count == 3)
    let excess = pool.take()
    #expect(excess == nil)
    pool.giveBack(taken[1])
    let again = pool.take()
    #expect(again == taken[1])
  }

  @Test func clientsAreAddressesOrNetworks() {
    let storage = ClientCountsStorage(connections: 4096)
    defer { withExtendedLifetime(storage) {} }
    let counts = storage.counts
    let network = IPAddress(v6High: 0x2001_0db8_0000_0001, low: 1)
    #expect(counts.index(of: network) == counts.index(of: IPAddress(v6High: 0x2001_0db8_0000_0001, low: 2)))
    #expect(counts.add(at: 7) == (1, 1))
    #expect(counts.add(at: 8) == (2, 1))
    counts.remove(at: 7)
    #expect(counts.connections == 1)
  }

  /// By chance, 1,000 clients have 970 of 16,384 places. Neighbours are no exception, whatever the seed.
  @Test func clientsHaveAPlaceOfTheirOwn() {
    for seed in (0..<100).map({ UInt64($0) }) + (0..<100).map({ _ in .random(in: 0 ... .max) }) {
      let storage = ClientCountsStorage(connections: 4096, seed: seed)
      defer { withExtendedLifetime(storage) {} }
      let groups = [
        (0..<1000).map { IPAddress(v4: 0xc000_0200 + $0) },
        (0..<1000).map { IPAddress(v4: 0x0a00_0000 + $0 << 8) },
        (0..<1000).map { IPAddress(v6High: 0x2001_0db8_0000_0000 + $0, low: 1) },
        (0..<1000).map { IPAddress(v6High: 0x2001_0db8_0000_0000 + $0 << 16, low: 1) },
      ]
      for clients in groups {
        let places = Set(clients.map { storage.counts.index(of: $0) }).count
        #expect(places > 920, "seed \(seed), from \(clients[0])")
      }
    }
  }

  @Test func durationsAreMilliseconds() {
    #expect(Duration.seconds(10).inMilliseconds == 10_000)
    #expect(Duration.microseconds(1).inMilliseconds == 1)
    #expect(Duration.seconds(Int64.max).inMilliseconds == .max / 2)
  }
}
