import DNSWire

/// Encodes the answers of a pool, as `RRsetView` describes RRsets.
struct AnswerEncoder {
  private enum Members {
    /// RDATA.
    case addresses([[UInt8]])
    case targets([RRsetEncoder])
  }

  private let members: Members
  private let type: RRType
  private let ttl: UInt32

  init(_ members: EncodedSchedule.Members, at site: PoolSite, apex: DomainName, ttl: UInt32) {
    type = site.type
    self.ttl = ttl
    switch members {
    case .addresses(let addresses): self.members = .addresses(addresses.map { $0.octets(for: site.type) })
    case .targets(let targets):
      self.members = .targets(
        targets.map { target in
          var encoder = RRsetEncoder(owner: site.owner, apex: apex)
          encoder.append(type: .cname, ttl: ttl, rdata: target.octets[...])
          return encoder
        })
    }
  }

  /// Octets of an answer's RRset. The answer is not empty.
  func size(of answer: [Int]) -> Int {
    switch members {
    case .addresses: ArenaBuilder.size(ofAddresses: answer.count, type)
    case .targets(let targets): ArenaBuilder.size(of: targets[answer[0]])
    }
  }

  func append(_ answer: [Int], to builder: inout ArenaBuilder) {
    switch members {
    case .addresses(let addresses):
      // A policy's order is not turned once more.
      builder.beginAddresses(type, count: answer.count, rotation: nil)
      for member in answer {
        let rdata = addresses[member]
        builder.appendAddress(type, ttl: ttl, rdata: rdata.span.octets)
      }
    case .targets(let targets):
      builder.append(targets[answer[0]], type: .cname, recordCount: 1)
    }
  }
}
