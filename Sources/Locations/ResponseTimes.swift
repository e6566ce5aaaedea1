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

  /// What different clients have, the soonest first; of equal times, the first by name. The first is of clients of whom
  /// nothing was measured.
  public let rows: [[Measurement]]
  /// The row of each address, as an index.
  public let table: AddressTable
  /// The names of all locations that something was measured to.
  public var locations: Set<String> { Set(rows.lazy.joined().map(\.location)) }

  /// How many networks have times of their own.
  public let networkCount: Int
  /// Of the file; the same for the same octets.
  public let contentHash: UInt64

  /// What was measured of an address's network, the soonest first.
  public subscript(_ address: IPAddress) -> [Measurement] { rows[Int(table[address.untranslated])] }

  /// Each location's time counts that the longest network around an address has.
  ///
  /// - Parameter times: in microseconds, by network and location.
  init(_ times: [IPNetwork: [String: Int]], contentHash: UInt64 = 0) {
    var rows: [[Measurement]] = [[]]
    var numbers: [[Measurement]: UInt32] = [[]: 0]
    var whole: [IPNetwork: [String: Int]] = [:]
    var networks: [AddressTable.Network] = []
    let lengths = Set(times.keys.lazy.map(\.length)).sorted()
    for network in times.keys.sorted(by: { $0.length < $1.length }) {
      let wider = lengths.last { length in
        length < network.length && whole[IPNetwork(network.address.prefix(length), length: length)] != nil
      }
      let inherited = wider.flatMap { whole[IPNetwork(network.address.prefix($0), length: $0)] } ?? [:]
      let all = inherited.merging(times[network] ?? [:]) { $1 }
      whole[network] = all
      let row = all.map { Measurement(location: $0, time: $1) }
        .sorted { ($0.time, $0.location) < ($1.time, $1.location) }
      let number = numbers[row] ?? UInt32(rows.count)
      if number == rows.count {
        rows.append(row)
        numbers[row] = number
      }
      networks.append(AddressTable.Network(network.address, length: network.length, value: number))
    }
    self.rows = rows
    table = AddressTable(networks, outside: 0)
    networkCount = times.count
    self.contentHash = contentHash
  }
}

extension ResponseTimes: Equatable {
  /// One is equal to itself alone: it is too large to be compared.
  public static func == (one: ResponseTimes, two: ResponseTimes) -> Bool { one === two }
}
