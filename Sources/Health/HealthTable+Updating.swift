internal import Steering

extension HealthTable {
  /// Whom to look after from now on. Targets that were looked after before keep their states, and so do those whose
  /// check asks what it asked before, only in another rhythm.
  ///
  /// - Parameter pools: one for each policy with a check. Which of them are independent is found in their order.
  /// - Returns: targets that are new, and those that are not wanted any more.
  public mutating func update(
    to pools: [HealthPool], at moment: Moment
  ) -> (added: [Target.ID], removed: [Target.ID]) {
    var isWanted = Array(repeating: false, count: records.count)
    var missing: [CheckDefinition: Set<Member.Identity>] = [:]
    for pool in pools {
      let known = checks[pool.check]?.slots ?? [:]
      for member in pool.members {
        if let slot = known[member] {
          isWanted[slot] = true
        } else {
          missing[pool.check, default: []].insert(member)
        }
      }
    }
    let unwanted = slots.values.filter { !isWanted[$0] }
    let removed = unwanted.map { records[$0].id }
    var legacies: [Question: TargetHealth] = [:]
    for slot in unwanted {
      legacies[Question(records[slot].check.definition, records[slot].subject)] = records[slot].health
      remove(slot)
    }
    var added: [Target.ID] = []
    for (check, members) in missing {
      for member in members {
        added.append(add(member, check, legacies[Question(check, member)], at: moment))
      }
    }
    findMeasured(pools)
    findIndependentPools(pools)
    think(at: moment)
    return (added, removed)
  }

  private mutating func add(
    _ member: Member.Identity, _ definition: CheckDefinition, _ known: TargetHealth?, at moment: Moment
  ) -> Target.ID {
    lastID += 1
    let id = Target.ID(rawValue: lastID)
    let check = checks[definition]?.check ?? SharedCheck(definition)
    var record = TargetRecord(id, check, of: member, at: moment)
    if var known {
      known.thresholds = check.thresholds
      record.health = known
    }
    let slot = freeSlots.popLast() ?? records.count
    if slot < records.count { records[slot] = record } else { records.append(record) }
    slots[id] = slot
    checks[definition, default: CheckedMembers(check: check)].slots[member] = slot
    setDeadline(of: slot)
    return id
  }

  private mutating func remove(_ slot: Int) {
    let record = records[slot]
    slots[record.id] = nil
    let definition = record.check.definition
    checks[definition]?.slots[record.subject] = nil
    if checks[definition]?.slots.isEmpty == true { checks[definition] = nil }
    records[slot].changed = []
    records[slot].pool = -1
    deadlines.set(nil, of: slot)
    freeSlots.append(slot)
  }

  private mutating func findMeasured(_ pools: [HealthPool]) {
    var isMeasured = Array(repeating: false, count: records.count)
    for pool in pools where pool.readsMeasurements {
      let known = checks[pool.check]?.slots ?? [:]
      for member in pool.members {
        if let slot = known[member] { isMeasured[slot] = true }
      }
    }
    for slot in records.indices { records[slot].isMeasured = isMeasured[slot] }
  }

  /// Each address counts in the first pool that has it; pools half of whose members are their own are independent.
  private mutating func findIndependentPools(_ pools: [HealthPool]) {
    for slot in records.indices { records[slot].pool = -1 }
    var taken: Set<Member.Identity> = []
    independentPools = 0
    for pool in pools where pool.check.kind != .always {
      let members = Set(pool.members.map(\.canonical))
      let own = members.filter { !taken.contains($0) }
      guard !own.isEmpty, 2 * own.count >= members.count else { continue }
      taken.formUnion(own)
      let known = checks[pool.check]?.slots ?? [:]
      for member in pool.members where own.contains(member.canonical) {
        if let slot = known[member] { records[slot].pool = independentPools }
      }
      independentPools += 1
    }
  }
}

/// What a check asks of whom, whatever its rhythm.
private struct Question: Hashable {
  let probe: Probe
  let port: UInt16?
  let subject: Member.Identity

  init(_ check: CheckDefinition, _ subject: Member.Identity) {
    probe = check.probe
    port = check.port
    self.subject = subject
  }
}
