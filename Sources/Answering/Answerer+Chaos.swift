import DNSWire
import Zones

extension Answerer {
  /// Answers `CH TXT` for what servers tell about themselves (RFC 4892 §3.1). Names of zones are left to be explained;
  /// all else is refused.
  @_noAllocation @_noLocks
  mutating func answerChaos(_ snapshot: SnapshotView, into octets: inout MutableRawSpan) {
    reader.count(.chaos)
    guard let text = snapshot.chaosText(for: name) else {
      leaveToBeExplained(snapshot)
      return
    }
    guard text.count > 0 else {
      response.rcode = .refused
      return
    }
    response.isAuthoritative = true
    guard query.type == .txt || query.type == .any else { return }
    let place = response.length
    guard place &+ 13 &+ text.count <= response.limit else {
      response.isTruncated = true
      return
    }
    octets.store(uint16: current.pointer(toSuffixAt: 0), at: place)
    octets.store(uint16: RRType.txt.rawValue, at: place &+ 2)
    octets.store(uint16: RRClass.chaos.rawValue, at: place &+ 4)
    octets.store(uint32: 0, at: place &+ 6)
    octets.store(uint16: UInt16(truncatingIfNeeded: text.count &+ 1), at: place &+ 10)
    octets.store(octet: UInt8(truncatingIfNeeded: text.count), at: place &+ 12)
    text.copy(from: 0, length: text.count, to: &octets, at: place &+ 13)
    response.length = place &+ 13 &+ text.count
    response.answerCount = 1
  }

  // The response that is made here is for when nobody has the time to explain.
  @_noAllocation @_noLocks
  private mutating func leaveToBeExplained(_ snapshot: SnapshotView) {
    response.rcode = .refused
    guard query.type == .txt || query.type == .any, snapshot.explains(to: source) else { return }
    guard snapshot.zone(enclosing: name, suffix: name.labelCount) != nil else {
      response.extendedError = .notAuthoritative
      return
    }
    response.rcode = .servFail
    response.wantsExplanation = true
  }
}
