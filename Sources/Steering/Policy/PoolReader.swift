import DNSWire
import Zones

/// Reads the `_lb` records of one owner.
struct PoolReader {
  let owner: DomainName
  /// Indices of the records, at least one.
  let records: [Int]
  let site: PolicyOwner
  let names: PolicyNames
  let report: PolicyReport

  /// What the pool's own records say.
  private(set) var pool = KeyedPairs<PoolKey>()
  private(set) var lines: [MemberLine] = []
  /// Keys that were said in a way that is reported and came to nothing: what seems to follow from their lack
  /// would mislead.
  private(set) var lost: Set<PoolKey> = []
  /// Checks and locations that are named, or were meant.
  private(set) var namedChecks: Set<String> = []
  private(set) var namedLocations: Set<String> = []

  init(
    owner: DomainName, records: [Int], site: PolicyOwner, names: PolicyNames, report: PolicyReport
  ) {
    self.owner = owner
    self.records = records
    self.site = site
    self.names = names
    self.report = report
  }

  /// Reads the records, whose data `all` holds. Nil when there is nothing to steer, which is reported.
  mutating func read(_ all: [PolicyRecord]) -> Policy? {
    for record in records {
      read(all[record].rdata, at: record)
    }
    let members = members()
    let stages = readStages()
    var policy = Policy(owner: owner, stages: stages ?? Policy.defaultStages, members: members ?? [])
    readSettings(of: &policy)
    let checker = PolicyChecker(
      policy: policy, pool: pool, lost: lost, lines: lines, first: records[0], names: names, report: report)
    if stages != nil { checker.checkChain() }
    if members != nil { checker.checkMembers(isChainKnown: stages != nil) }
    return members == nil ? nil : policy
  }

  private mutating func read(_ rdata: [UInt8], at record: Int) {
    let (pairs, problems) = TextPair.read(rdata, prose: [])
    for problem in problems { report.add(problem, at: record) }
    var line = KeyedPairs<PoolKey>()
    let isMember = pairs.contains { $0.key == PoolKey.member.rawValue }
    var ofPool: [TextPair] = []
    var ofMember: [TextPair] = []
    for pair in pairs {
      if let key = PoolKey(rawValue: pair.key), !key.isOfMember {
        ofPool.append(pair)
      } else {
        ofMember.append(pair)
      }
    }
    line.take(ofMember, at: record, report)
    lost.formUnion(line.lost)
    if isMember {
      for pair in ofPool { report.add(PoolProblem.poolKeyBesideMember(pair.key), at: record) }
      lost.formUnion(ofPool.compactMap { PoolKey(rawValue: $0.key) })
      readMember(line, at: record)
    } else {
      pool.take(ofPool, at: record, report)
      lost.formUnion(pool.lost)
      // Who misspelled `member` has been told, and knows what the other keys are for.
      let stray = line.lost.contains(.member) ? [] : ofMember.filter { PoolKey(rawValue: $0.key) != nil }
      for pair in stray { report.add(PoolProblem.memberKeyWithoutMember(pair.key), at: record) }
      lost.formUnion(ofMember.compactMap { PoolKey(rawValue: $0.key) })
    }
  }

  private mutating func readMember(_ line: KeyedPairs<PoolKey>, at record: Int) {
    let identity = line.value(.member, report) { pair throws(ValueProblem) in try pair.identity() }
    let weight = line.value(.weight, report) { pair throws(ValueProblem) in try pair.integer(0...1_000_000) }
    let tier = line.value(.tier, report) { pair throws(ValueProblem) in try pair.integer(1...1000) }
    let location = line.value(.at, report) { pair throws(ValueProblem) in try pair.definedName() }
    if let location { resolveLocation(location, at: record) }
    if line[.at] != nil, location == nil { lost.insert(.at) }
    guard let identity else {
      lost.insert(.member)
      return
    }
    var member = Member(identity)
    if let weight { member.weight = UInt32(weight) }
    if let tier { member.tier = tier }
    member.location = location
    lines.append(MemberLine(record: record, member: member))
  }

  private mutating func resolveLocation(_ name: String, at record: Int) {
    namedLocations.insert(name)
    guard names.locations[name] == nil else { return }
    let suggestion = names.location(near: name)
    if let suggestion { namedLocations.insert(suggestion) }
    report.add(PoolProblem.locationNotDefined(name, suggestion: suggestion), at: record)
  }

  // MARK: The pool

  // Nil: the chain is wrong, which is reported.
  private func readStages() -> [Stage]? {
    guard let entry = pool[.steer] else { return lost.contains(.steer) ? nil : Policy.defaultStages }
    var stages: [Stage] = []
    var isWhole = true
    for text in entry.pair.text.split(separator: ",", omittingEmptySubsequences: false) {
      do throws(StageProblem) {
        let stage = try Stage(text: text)
        if let problem = ChainProblem(of: stage, after: stages) {
          report.add(problem, at: entry.record)
          isWhole = false
        } else {
          stages.append(stage)
        }
      } catch {
        report.add(error, at: entry.record)
        isWhole = false
      }
    }
    guard isWhole else { return nil }
    if stages.last?.isFinalOrder != true { stages.append(.weighted) }
    return stages
  }

  private mutating func readSettings(of policy: inout Policy) {
    policy.check = value(.check) { pair throws(ValueProblem) in try pair.definedName() }
    if let name = policy.check, let record = pool[.check]?.record { resolveCheck(name, at: record) }
    policy.answers = value(.answers) { pair throws(ValueProblem) in try pair.integer(1...65_535) }
    let fail = value(.fail) { pair throws(ValueProblem) in try pair.word(Policy.FailMode.self) }
    policy.fail = fail ?? policy.fail
    let bounds = value(.ttl) { pair throws(ValueProblem) in try pair.timeToLive() }
    policy.minimumTTL = bounds?.lowest
    policy.maximumTTL = bounds?.highest
    let panic = value(.panic) { pair throws(ValueProblem) in try pair.panic() }
    policy.panic = panic ?? policy.panic
    if pool[.panic] != nil, panic == nil { lost.insert(.panic) }
    policy.defaultLocation = value(.defaultAt) { pair throws(ValueProblem) in try pair.definedName() }
    if let name = policy.defaultLocation, let record = pool[.defaultAt]?.record {
      resolveLocation(name, at: record)
    }
  }

  private func value<Value>(
    _ key: PoolKey, _ read: (TextPair) throws(ValueProblem) -> Value
  ) -> Value? {
    pool.value(key, report, read)
  }

  private mutating func resolveCheck(_ name: String, at record: Int) {
    namedChecks.insert(name)
    guard names.checks[name] == nil else { return }
    let suggestion = names.check(near: name)
    if let suggestion { namedChecks.insert(suggestion) }
    report.add(PoolProblem.checkNotDefined(name, suggestion: suggestion), at: record)
  }

  // MARK: The members

  // Nil: there is nothing to steer, which is reported.
  private func members() -> [Member]? {
    guard let steersTargets = findSubject() else { return nil }
    let addresses = Set(site.addresses)
    var seen: Set<Member.Identity> = []
    var members: [Member] = []
    for line in lines {
      if let problem = problem(of: line.member.identity, addresses, steersTargets: steersTargets) {
        report.add(problem, at: line.record)
      } else if seen.insert(line.member.identity.canonical).inserted {
        members.append(line.member)
      } else {
        report.add(PoolProblem.memberTwice(line.member.identity.text), at: line.record)
      }
    }
    for address in site.addresses where seen.insert(.address(address)).inserted {
      members.append(Member(.address(address)))
    }
    checkCount(of: members, areTargets: steersTargets)
    return members
  }

  // Each family is a pool of its own. Its answers are laid out ahead, each with all of its members.
  private func checkCount(of members: [Member], areTargets: Bool) {
    let newer = members.count(where: \.identity.isIPv6)
    let counts =
      areTargets
      ? [("targets", members.count)] : [("A records", members.count - newer), ("AAAA records", newer)]
    for (kind, count) in counts where count > Pool.memberLimit {
      report.add(PoolProblem.tooManyMembers(owner, count, kind, limit: Pool.memberLimit), at: records[0])
    }
  }

  private func problem(
    of identity: Member.Identity, _ addresses: Set<IPAddress>, steersTargets: Bool
  ) -> PoolProblem? {
    switch identity {
    case .address(let address) where steersTargets: .addressBesideTargets(address, owner)
    case .address(let address) where !addresses.contains(address): .notInRRset(address, owner)
    case .target(let target) where !steersTargets: .targetBesideAddresses(target, owner)
    case .target(let target) where target.lowercased == owner.lowercased: .targetIsOwner(target)
    default: nil
    }
  }

  // Whether targets are steered, or else addresses. Nil: neither can be, which is reported.
  private func findSubject() -> Bool? {
    let hasTargets = lines.contains { if case .target = $0.member.identity { true } else { false } }
    let problem: PoolProblem
    switch site.standing {
    case .delegation: problem = .delegation(owner)
    case .belowDelegation(let cut): problem = .belowDelegation(owner, cut)
    case .belowRedirection(let top): problem = .belowRedirection(owner, top)
    case .authoritative:
      if site.isAlias {
        problem = .alias(owner)
      } else if !site.addresses.isEmpty {
        return false
      } else if hasTargets {
        guard site.otherTypes.isEmpty else {
          problem = .targetsBesideData(owner, site.otherTypes)
          break
        }
        return true
      } else if lost.contains(.member) {
        return nil
      } else {
        problem = .nothingToSteer(owner, wildcard: site.wildcard)
      }
    }
    report.add(problem, at: records[0])
    return nil
  }
}
