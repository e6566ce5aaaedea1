internal import DNSWire
internal import Zones

/// How a zone answers for the addresses of a name.
enum NameStanding: Equatable, Sendable {
  /// By policies: the numbers of their pools.
  case steered([Int])
  /// Without one: how, in one sentence for each kind of answer.
  case unsteered([String])
  /// Not at all: why.
  case absent(String)

  var pools: [Int] { if case .steered(let pools) = self { pools } else { [] } }

  /// Looks a name up as the data plane does.
  ///
  /// - Parameters:
  ///   - name: of the zone, or below it.
  ///   - type: A or AAAA; nil: both.
  init(of name: DomainName, _ type: RRType?, in zone: CompiledZone) {
    var buffer = NameBuffer()
    guard buffer.load(from: name.octets.span.octets, at: 0) != nil else {
      self = .absent("\(name) is not a name")
      return
    }
    var (node, labels) = zone.view.closestNode(to: buffer)
    let isExact = labels == buffer.labelCount
    let cut = node.flags.contains(.occluded) ? node.link.flags : node.flags
    if cut.contains(.delegation) {
      self = .absent("\(name) is delegated: other servers answer for it")
      return
    }
    if node.flags.contains(.occluded) || (!isExact && cut.contains(.dname)) {
      self = .absent("\(name) is redirected by a DNAME; ask for the name that it leads to")
      return
    }
    if !isExact {
      guard node.flags.contains(.wildcard) else {
        self = .absent("\(name) does not exist in zone \(zone.apex) (NXDOMAIN)")
        return
      }
      node = node.link
    }
    self = Self.standing(of: node, name, type)
  }

  private static func standing(of node: NodeView, _ name: DomainName, _ type: RRType?) -> NameStanding {
    let rrsets = (0..<node.rrsetCount).map { node.rrset(at: $0) }
    let answering = rrsets.filter { rrset in
      rrset.type == .cname || (type == nil ? rrset.type == .a || rrset.type == .aaaa : rrset.type == type)
    }
    let pools = answering.filter(\.isPool).sorted { $0.type.rawValue < $1.type.rawValue }.map(\.pool)
    if !pools.isEmpty { return .steered(pools) }
    guard !answering.isEmpty else {
      return .absent("\(name) has no \(type.map { "\($0.mnemonic) records" } ?? "addresses") (NODATA)")
    }
    return .unsteered(answering.map { sentence(on: $0, name) })
  }

  private static func sentence(on rrset: RRsetView, _ name: DomainName) -> String {
    let what = "\(name) \(rrset.type.mnemonic): no policy"
    if rrset.type == .cname {
      let target = DomainName(wire: (0..<rrset.rdataLength).map { rrset.rdataOctet(at: $0) })
      return "\(what); it is an alias, so ask for \(target.map { "\($0)" } ?? "its target")"
    }
    let count = rrset.recordCount
    if count == 1 { return "\(what); its one address is answered" }
    return "\(what); its \(count) addresses are rotated, each comes first equally often"
  }
}
