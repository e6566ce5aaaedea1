import DNSWire

extension ZoneBuilder {
  /// Finds what each node is (zone cut, DNAME owner, wildcard) and what lies hidden below it.
  ///
  /// A node is made after the ones above it, so one pass in order sees parents first.
  mutating func findHierarchy() {
    for node in nodes.indices {
      let parent = Int(nodes[node].parent)
      if node != 0 {
        let above = nodes[parent].flags
        if above.contains(.occluded) {
          nodes[node].flags.insert(.occluded)
          nodes[node].link = nodes[parent].link
          continue
        }
        if above.contains(.delegation) || above.contains(.dname) {
          nodes[node].flags.insert(.occluded)
          nodes[node].link = UInt32(parent)
          continue
        }
        if nodes[node].isWildcard {
          nodes[parent].flags.insert(.wildcard)
          nodes[parent].link = UInt32(node)
        }
      }
      let end = Int(nodes[node].first + nodes[node].count)
      var place = Int(nodes[node].first)
      while place < end {
        switch type(at: place) {
        case .cname: nodes[node].flags.insert(.cname)
        // What a wildcard's NS or DNAME would mean is undefined (RFC 4592 §4.2, §4.4): it is plain data.
        case .dname where !nodes[node].isWildcard: nodes[node].flags.insert(.dname)
        case .ns where node != 0 && !nodes[node].isWildcard: nodes[node].flags.insert(.delegation)
        default: break
        }
        place = rrsetEnd(place, end)
      }
    }
  }

  /// Whether a node lies below another.
  func isBelow(_ node: Int, _ ancestor: Int) -> Bool {
    var node = node
    while node != 0 {
      node = Int(nodes[node].parent)
      if node == ancestor { return true }
    }
    return false
  }
}
