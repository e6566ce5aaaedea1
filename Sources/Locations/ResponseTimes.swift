public import DNSWire

/// How soon locations answer clients, as somebody measured it.
public final class ResponseTimes: Sendable {
  /// The time between a network's clients and a location.
  public struct Measurement: Hashable, Sendable {
    /// In lower case.
    public let location: String
    /// There and back, in microseconds.
    public let time: Int
  }

  /// A place in the file.
  struct Mention {
    /// From 1.
    let line: Int
    /// In octets, from 1.
    let column: Int
  }

  /// What was measured of a network. The networks around it say the rest: what they have is not repeated here, or a
  /// file would take as much memory as it has networks times locations.
  public struct Row: Sendable {
    /// The network's own times, of each location once.
    public let own: [Measurement]
    /// The row of the longest network around this one, as an index; 0: there is none.
    public let wider: Int
  }

  /// Of all networks, each before those inside it, and these before the next. The first is of clients of whom nothing
  /// was measured.
  public let rows: [Row]
  /// The row of each address, as an index.
  public let table: AddressTable
  /// Where in the file locations are named first, by name.
  let mentions: [String: Mention]
  let file: String
  /// Of the file; the same for the same octets.
  public let contentHash: UInt64

  /// How many networks have times of their own.
  public var networkCount: Int { rows.count - 1 }
  /// How many times there are.
  public var timeCount: Int { rows.reduce(0) { $0 + $1.own.count } }

  /// What was measured of an address's network, the soonest first; of equal times, the first by name.
  public subscript(_ address: IPAddress) -> [Measurement] {
    var times: [String: Int] = [:]
    var row = Int(table[address.untranslated])
    while row != 0 {
      for measurement in rows[row].own where times[measurement.location] == nil {
        times[measurement.location] = measurement.time
      }
      row = rows[row].wider
    }
    return times.map { Measurement(location: $0, time: $1) }
      .sorted { ($0.time, $0.location) < ($1.time, $1.location) }
  }

  /// Each location's time counts that the longest network around an address has.
  ///
  /// - Parameters:
  ///   - times: in microseconds, by network and location.
  ///   - mentions: of all locations.
  init(
    _ times: [IPNetwork: [String: Int]], _ mentions: [String: Mention], file: String, contentHash: UInt64
  ) {
    var rows = [Row(own: [], wider: 0)]
    var networks: [AddressTable.Network] = []
    // The networks that the sweep is in, each inside the one before.
    var open: [(network: IPNetwork, row: Int)] = []
    for network in times.keys.sorted(by: Self.precedes) {
      while let last = open.last, !last.network.contains(network) { open.removeLast() }
      let own = times[network, default: [:]].map { Measurement(location: $0, time: $1) }
      networks.append(.init(network.address, length: network.length, value: UInt32(rows.count)))
      let wider = open.last?.row ?? 0
      open.append((network, rows.count))
      rows.append(Row(own: own, wider: wider))
    }
    self.rows = rows
    self.mentions = mentions
    self.file = file
    table = AddressTable(networks, outside: 0)
    self.contentHash = contentHash
  }

  /// The order of a sweep: a network comes before those inside it.
  private static func precedes(_ one: IPNetwork, _ two: IPNetwork) -> Bool {
    (one.address.family.rawValue, one.address.high, one.address.low, one.length)
      < (two.address.family.rawValue, two.address.high, two.address.low, two.length)
  }
}

extension IPNetwork {
  fileprivate func contains(_ other: IPNetwork) -> Bool {
    length <= other.length && address == other.address.prefix(length)
  }
}

extension ResponseTimes: Equatable {
  /// One is equal to itself alone: it is too large to be compared.
  public static func == (one: ResponseTimes, two: ResponseTimes) -> Bool { one === two }
}
