import DNSWire
import Zones

/// A compiled zone as the reader of its policies sees it.
struct CompiledPolicyZone: PolicyZone {
  private let zone: CompiledZone
  private let sites: [DomainName: [PoolSite]]
  let externalChecks: [String: CheckDefinition]

  var apex: DomainName { zone.apex }

  init(_ zone: CompiledZone, checks: [String: CheckDefinition]) {
    self.zone = zone
    externalChecks = checks
    sites = Dictionary(grouping: zone.pools) { $0.owner.lowercased }
  }

  func owner(_ name: DomainName) -> PolicyOwner {
    var owner = PolicyOwner()
    guard name.isSubdomain(of: apex) else { return owner }
    var buffer = NameBuffer()
    guard buffer.load(from: name.octets.span.octets, at: 0) != nil else { return owner }
    let (node, labels) = zone.view.closestNode(to: buffer)
    let isExact = labels == buffer.labelCount
    owner.standing = standing(of: node, name, isExact: isExact)
    guard isExact else {
      if node.flags.contains(.wildcard) {
        owner.wildcard = ancestor(of: name, labels).prepending([UInt8(ascii: "*")])
      }
      return owner
    }
    for index in 0..<node.rrsetCount {
      let rrset = node.rrset(at: index)
      switch rrset.type {
      case .cname: owner.isAlias = owner.isAlias || !rrset.isPool
      case .a, .aaaa: if !rrset.isPool { owner.otherTypes.append(rrset.type) }
      default: owner.otherTypes.append(rrset.type)
      }
    }
    owner.addresses = sites[name.lowercased, default: []].flatMap(\.addresses)
    owner.hasDescendants = node.rrsetCount == 0
    return owner
  }

  private func standing(of node: NodeView, _ name: DomainName, isExact: Bool) -> PolicyOwner.Standing {
    let flags = node.flags
    if flags.contains(.occluded) {
      let above = DomainName(wellFormed: Array(name.octets.suffix(node.link.nameLength + apex.octets.count)))
      return node.link.flags.contains(.delegation) ? .belowDelegation(above) : .belowRedirection(above)
    }
    let here = DomainName(wellFormed: Array(name.octets.suffix(node.nameLength + apex.octets.count)))
    if flags.contains(.delegation) { return isExact ? .delegation : .belowDelegation(here) }
    if flags.contains(.dname), !isExact { return .belowRedirection(here) }
    return .authoritative
  }

  private func ancestor(of name: DomainName, _ labels: Int) -> DomainName {
    var name = name
    while name.labelCount > labels, let parent = name.parent { name = parent }
    return name
  }
}
