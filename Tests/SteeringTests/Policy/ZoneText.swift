import DNSWire
import Steering
import TestSupport
import Zones

/// The zone example.com, read from text: its policy records, and what the reader of policies asks about the rest.
struct ZoneText: PolicyZone {
  /// What every zone of the tests has besides, after the lines of the test.
  static let rest = """

    @ IN SOA ns.example.net. host.example.net. 1 3600 600 86400 60
    @ NS ns.example.net.
    www 60 A 192.0.2.10
    www 60 A 192.0.2.11
    www 60 A 198.51.100.20
    www 60 AAAA 2001:db8::10
    one A 192.0.2.1
    *.wild A 192.0.2.30
    alias CNAME www
    mail MX 10 www
    sub NS ns.sub
    sub A 192.0.2.54
    ns.sub A 192.0.2.53
    old DNAME example.net.

    """

  let apex: DomainName
  let policyRecords: [PolicyRecord]
  var externalChecks = ["script": CheckDefinition(name: "script", probe: .agent(send: []))]
  var externalLocations: Set<String> = ["lab"]
  private var types: [DomainName: [RRType]] = [:]
  private var addresses: [DomainName: [IPAddress]] = [:]

  /// Nil when `text` is not right in itself: it is then no test of policies.
  init(_ text: String) throws {
    apex = try DomainName("example.com")
    let records = try Records(text + Self.rest, apex)
    policyRecords = records.all.filter(\.isPolicy).map(\.record)
    for record in records.all where !record.isPolicy {
      let name = record.record.owner.lowercased
      if let address = IPAddress(octets: record.record.rdata), [.a, .aaaa].contains(record.record.type) {
        addresses[name, default: []].append(address)
      }
      types[name, default: []].append(record.record.type)
    }
  }

  func owner(_ name: DomainName) -> PolicyOwner {
    var owner = PolicyOwner()
    let name = name.lowercased
    owner.addresses = addresses[name] ?? []
    owner.isAlias = types[name]?.contains(.cname) ?? false
    owner.otherTypes = (types[name] ?? []).filter { ![.a, .aaaa, .cname].contains($0) }
    owner.hasDescendants = types.keys.contains { $0 != name && $0.isSubdomain(of: name) }
    if name != apex, types[name]?.contains(.ns) == true { owner.standing = .delegation }
    var above = name.parent
    while let ancestor = above, ancestor != apex, ancestor.isSubdomain(of: apex) {
      if types[ancestor]?.contains(.ns) == true { owner.standing = .belowDelegation(ancestor) }
      if types[ancestor]?.contains(.dname) == true { owner.standing = .belowRedirection(ancestor) }
      above = ancestor.parent
    }
    if types[name] == nil, !owner.hasDescendants,
      let wildcard = name.parent?.prepending(Array("*".utf8)), types[wildcard] != nil
    {
      owner.wildcard = wildcard
    }
    return owner
  }
}

/// Records in the order of their file.
private struct Records: RecordSink {
  struct Entry {
    let record: PolicyRecord

    var isPolicy: Bool {
      let labels = "\(record.owner)".lowercased().split(separator: ".")
      return labels.contains { ["_lb", "_check", "_at"].contains($0) }
    }
  }

  var all: [Entry] = []
  var diagnostics: [Diagnostic] = []
  let isFull = false

  init(_ text: String, _ apex: DomainName) throws {
    let folder = TemporaryFolder()
    let file = folder.write("zone", text)
    _ = ZoneFileReader.read(file: file, apex: apex, into: &self)
    folder.remove("zone")
    if let problem = diagnostics.first { throw problem }
  }

  mutating func add(
    owner: Span<UInt8>, type: RRType, ttl: UInt32?, rdata: Span<UInt8>, at position: RecordPosition
  ) {
    let record = PolicyRecord(
      owner: DomainName(wellFormed: owner.indices.map { owner[$0] }), type: type,
      rdata: rdata.indices.map { rdata[$0] }, file: "zone", line: Int(position.line),
      column: Int(position.column))
    all.append(Entry(record: record))
  }

  mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }
}
