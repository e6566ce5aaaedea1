import DNSWire

extension ZoneBuilder {
  // Once the additional section has this many octets, what is not required is left out.
  private static let enoughAdditional = 4096

  /// Appends the addresses that go along with an RRset: glue of a delegation, addresses of targets.
  ///
  /// - Returns: how many records; and the octets of all records up to the last in-domain glue, without which
  ///   a referral is truncated (RFC 9471 §3.1).
  mutating func appendAdditional(
    of rrset: Range<Int>, at node: Int, to encoder: inout RRsetEncoder
  ) -> (count: Int, requiredLength: Int) {
    let type = type(at: rrset.lowerBound)
    let targets = targets(of: rrset, type, at: node)
    let isReferral = nodes[node].flags.contains(.delegation) && type == .ns
    var count = 0
    var requiredLength = encoder.octets.count
    let limit = encoder.octets.count + Self.enoughAdditional
    if isReferral {
      for (target, name) in targets where target == node || isBelow(target, node) {
        count += appendAddresses(of: target, name, to: &encoder, limit: RRsetEncoder.maximumLength)
      }
      requiredLength = encoder.octets.count
    }
    for (target, name) in targets {
      if isReferral, target == node || isBelow(target, node) { continue }
      // Sibling glue is for referrals; elsewhere only what this zone is authoritative for is added.
      let isHidden = nodes[target].flags.contains(.occluded) || nodes[target].flags.contains(.delegation)
      if isHidden, type != .ns { continue }
      count += appendAddresses(of: target, name, to: &encoder, limit: limit)
    }
    return (count, requiredLength)
  }

  private mutating func targets(
    of rrset: Range<Int>, _ type: RRType, at node: Int
  ) -> [(node: Int, name: ArraySlice<UInt8>)] {
    let offset: Int
    switch type {
    case .ns: offset = 0
    case .mx, .svcb, .https: offset = 2
    case .srv: offset = 6
    default: return []
    }
    var result: [(node: Int, name: ArraySlice<UInt8>)] = []
    for place in rrset {
      let octets = Array(rdata(of: Int(order[place])))
      guard octets.count > offset else { continue }
      var name = octets[offset...]
      if octets[offset] == 0 {
        // In SVCB's service mode the root stands for the owner itself (RFC 9460 §2.5).
        guard type == .svcb || type == .https, octets[0] != 0 || octets[1] != 0 else { continue }
        guard !nodes[node].isWildcard else { continue }
        name = self.name(of: node).octets[...]
      }
      // What a policy steers is not for the additional section, which nobody chooses from.
      guard let target = self.node(named: Array(name).span.octets), steeredNodes[target] == nil else {
        continue
      }
      let length = self.name(of: target).octets.count
      if !result.contains(where: { $0.node == target }) { result.append((target, name.prefix(length))) }
    }
    return result
  }

  // Appends whole RRsets, of which each must end within `limit` octets.
  private func appendAddresses(
    of target: Int, _ name: ArraySlice<UInt8>, to encoder: inout RRsetEncoder, limit: Int
  ) -> Int {
    var count = 0
    for type in [RRType.a, .aaaa] {
      let rrset = rrset(of: target, type)
      let start = encoder.octets.count
      for place in rrset where encoder.octets.count <= limit {
        let record = Int(order[place])
        encoder.append(owner: name, type: type, ttl: records[record].ttl, rdata: rdata(of: record))
      }
      if encoder.octets.count > limit {
        encoder.remove(from: start)
      } else {
        count += rrset.count
      }
    }
    return count
  }
}
