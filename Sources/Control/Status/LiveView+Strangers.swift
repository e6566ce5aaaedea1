internal import DNSWire
internal import Health
internal import Steering
internal import Zones

extension LiveView {
  /// Why there is no such member, and which there are; in one line.
  func sentence(onStranger scope: Override.Scope) -> String {
    let member = scope.member.text
    guard let owner = scope.owner else {
      return "\(member) is no member of a policy that is served; 'swiftlet status' shows those that are"
    }
    let members = pools.pools.filter { $0.pool.policy.owner.lowercased == owner }
      .flatMap { $0.pool.members.map(\.identity.text) }
    guard members.isEmpty else {
      return "\(member) is no member of the policy of \(owner); those are \(members.listed)"
    }
    do throws(PoolFailure) {
      let zone = try zone(of: owner)
      let owners = zone.steered.pools.map { "\($0.policy.owner)" }
      let hint = ClosestMatch.of("\(owner)", in: owners).map { "; did you mean \($0)/\(member)?" } ?? ""
      switch NameStanding(of: owner, nil, in: zone.compiled) {
      case .steered(let numbers):
        let wildcards = numbers.prefix(1).map { "\(zone.steered.pools[$0].policy.owner)" }
        return "\(owner) has the policy of \(wildcards.joined()): write \(wildcards.joined())/\(member)"
      case .unsteered(let sentences): return sentences.joined(separator: "; ") + hint
      case .absent(let reason): return reason + hint
      }
    } catch {
      return error.lines.joined(separator: "; ")
    }
  }
}
