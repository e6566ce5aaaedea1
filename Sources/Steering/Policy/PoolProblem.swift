import DNSWire
import Zones

/// What is wrong with the `_lb` records of an owner. Texts are fit to be shown.
enum PoolProblem: PolicyProblem {
  // Which record says what.
  case poolKeyBesideMember(String)
  case memberKeyWithoutMember(String)
  // What the owner is.
  case nothingToSteer(DomainName, wildcard: DomainName?)
  case alias(DomainName)
  case delegation(DomainName)
  case belowDelegation(DomainName, _ cut: DomainName)
  case belowRedirection(DomainName, _ top: DomainName)
  case targetsBesideData(DomainName, [RRType])
  // The members.
  case notInRRset(IPAddress, DomainName)
  case memberTwice(String)
  case targetBesideAddresses(DomainName, DomainName)
  case addressBesideTargets(IPAddress, DomainName)
  case targetIsOwner(DomainName)
  case severalTargets(Int)
  case tooManyMembers(DomainName, Int, String, limit: Int)
  // What is named.
  case checkNotDefined(String, suggestion: String?)
  case locationNotDefined(String, suggestion: String?)
  // What stages and keys need of one another.
  case checkWithoutStage
  case stageWithoutCheck(Stage)
  case notMeasured(Stage, String, CheckDefinition.Kind, able: [CheckDefinition.Kind])
  case weightsNotHeeded(Stage, by: Stage)
  case panicWithoutTier
  case failWithoutStage
  case defaultWithoutStage
  case noMemberIsPlaced(Stage)
  case fenceOwnsNothing(String)

  var description: String {
    switch self {
    case .poolKeyBesideMember(let key):
      "\(key)= is of the whole pool; write it in a record without member="
    case .memberKeyWithoutMember(let key):
      "\(key)= is of a member; write it in the record of that member, after member="
    case .checkNotDefined(let name, let suggestion):
      "check \(name) is not defined; "
        + (suggestion.map { "did you mean \($0)?" }
          ?? "write \(name)._check TXT \"type=...\" at the zone's apex")
    case .locationNotDefined(let name, let suggestion):
      "location \(name) is not defined; "
        + (suggestion.map { "did you mean \($0)?" } ?? "write \(name)._at LOC or APL at the zone's apex")
    case .nothingToSteer, .alias, .delegation, .belowDelegation, .belowRedirection, .targetsBesideData:
      ownerDescription
    case .notInRRset, .memberTwice, .targetBesideAddresses, .addressBesideTargets, .targetIsOwner,
      .severalTargets, .tooManyMembers:
      memberDescription
    default: chainDescription
    }
  }

  private var ownerDescription: String {
    switch self {
    case .nothingToSteer(let owner, let wildcard?):
      "\(owner) has no A or AAAA records, it is answered by \(wildcard); write the policy at _lb.\(wildcard)"
    case .nothingToSteer(let owner, nil):
      "\(owner) has no A or AAAA records to steer; "
        + "write some, or members that are targets, like member=cdn.example.net."
    case .alias(let owner):
      "\(owner) is an alias; write the policy for the name that its CNAME leads to, "
        + "or targets as members in place of the CNAME"
    case .delegation(let owner):
      "\(owner) is delegated, so its addresses are glue, which is not steered; "
        + "write the policy in the zone \(owner)"
    case .belowDelegation(let owner, let cut):
      "\(owner) is in the delegated zone \(cut); write the policy there"
    case .belowRedirection(let owner, let top):
      "\(owner) is below \(top), whose DNAME redirects all names below; "
        + "write the policy for the name it leads to"
    case .targetsBesideData(let owner, let types):
      "\(owner) has \(types.prefix(5).map(\.mnemonic).joined(separator: ", ")) records, and targets are "
        + "answered as a CNAME, which stands alone (RFC 1034 section 3.6.2); "
        + "write A and AAAA records in place of targets"
    default: ""
    }
  }

  private var memberDescription: String {
    switch self {
    case .notInRRset(let address, let owner):
      "\(address) is not an address of \(owner); "
        + "write \(owner) \(address.family == .v4 ? "A" : "AAAA") \(address), or leave the member out"
    case .memberTwice(let text):
      "a second record for member \(text); write all that is said of it in one"
    case .targetBesideAddresses(let target, let owner):
      "\(owner) has addresses, and those are its members; \(target) can be a target only where there are none"
    case .addressBesideTargets(let address, let owner):
      "\(owner) has no A or AAAA records, and other members are targets; "
        + "leave \(address) out, or write addresses in place of targets"
    case .targetIsOwner(let target):
      "\(target) cannot be its own target; write another name"
    case .severalTargets(let answers):
      "answers=\(answers), but of targets, which are answered as a CNAME, an answer can hold one; "
        + "leave answers= out"
    case .tooManyMembers(let owner, let count, let kind, let limit):
      "\(owner) has \(count) \(kind), but a policy can steer \(limit); spread them over several names"
    default: ""
    }
  }

  private var chainDescription: String {
    switch self {
    case .checkWithoutStage:
      "check= has no effect, as no stage of steer= heeds it; write up as the first stage, or leave check= out"
    case .stageWithoutCheck(let stage):
      "stage \(stage.title) needs what a check measures; write check=NAME, or leave the stage out"
    case .notMeasured(let stage, let name, let kind, let able):
      "stage \(stage.title) needs what check \(name) cannot measure, being of type \(kind.rawValue); "
        + "types that can are "
        + able.map(\.rawValue).joined(separator: ", ")
    case .weightsNotHeeded(let stage, let order):
      "stage \(stage.name) has no effect: it weighs, and \(order.name) does not heed weights; "
        + "end the chain in \(order.weightedOrder.name)"
    case .panicWithoutTier:
      "panic= has no effect, as steer= has no stage tier; write one, or leave panic= out"
    case .failWithoutStage:
      "fail= has no effect, as no stage of steer= drops members; "
        + "write up as the first stage, or leave fail= out"
    case .defaultWithoutStage:
      "default-at= has no effect, as no stage of steer= asks where clients are; "
        + "write nearest or fence, or leave default-at= out"
    case .noMemberIsPlaced(let stage):
      "stage \(stage.name) needs to know where members are, and none has at=; write at=NAME after member="
    case .fenceOwnsNothing(let name):
      "stage fence needs to know which clients are of location \(name), and it owns no network or country; "
        + "write \(name)._at APL, or TXT with country= or continent="
    default: ""
    }
  }
}
