internal import DNSWire
internal import Steering
internal import Zones

/// Which pools `explain` and `simulate` are asked about, and what is taken to be known of their members and of the
/// client, all as on the command line.
public struct PoolQuestion: Sendable {
  /// A folder of zone files, or one zone file.
  public var path: String
  /// The query's name, absolute with the final dot or without.
  public var name: String
  /// `A` or `AAAA`; nil: both.
  public var type: String?
  /// Members that are down.
  public var down: [String] = []
  /// What is known of members: `MEMBER:KEY=VALUE,...`.
  public var settings: [String] = []
  /// Locations, the nearest to the client first, with commas between them.
  public var nearest: String?
  /// The location that owns the client's network.
  public var owner: String?
  /// The server's, whose checks the zone may name, and which says where clients are.
  public var configuration = Configuration()

  public init(path: String, name: String, type: String? = nil) {
    self.path = path
    self.name = name
    self.type = type
  }

  /// Loads the zone with the longest matching apex, as the server would, and finds the name in it.
  func subject() throws(PoolFailure) -> PoolSubject {
    let name = try domainName()
    let type = try queryType()
    let settings = try memberSettings()
    let zone = try load(try file(of: name))
    let standing = NameStanding(of: name, type, in: zone.compiled)
    if case .absent(let reason) = standing { throw PoolFailure(reason) }
    let subject = PoolSubject(
      zone: zone, name: name, standing: standing, inputs: try Self.inputs(settings),
      client: try client(of: zone))
    try Self.check(settings, of: subject)
    return subject
  }

  private func domainName() throws(PoolFailure) -> DomainName {
    do {
      return try DomainName(name)
    } catch {
      throw .usage("'\(name)' is not a domain name: \(error)")
    }
  }

  private func queryType() throws(PoolFailure) -> RRType? {
    switch type?.uppercased() {
    case nil: return nil
    case "A"?: return .a
    case "AAAA"?: return .aaaa
    case let other?: throw .usage("'\(other)' is not a type that policies steer; those are A and AAAA")
    }
  }

  private func memberSettings() throws(PoolFailure) -> [MemberSetting] {
    var all: [MemberSetting] = []
    for text in settings { all.append(try MemberSetting(parsing: text)) }
    for text in down { all.append(try MemberSetting(down: text)) }
    return all
  }

  private static func inputs(_ settings: [MemberSetting]) throws(PoolFailure) -> [Member.Identity:
    MemberInput]
  {
    var inputs: [Member.Identity: MemberInput] = [:]
    for setting in settings {
      do throws(MemberInput.TextError) {
        try inputs[setting.identity, default: MemberInput()].set(setting.inputs)
      } catch {
        throw .usage(error.description)
      }
    }
    return inputs
  }

  private static func check(_ settings: [MemberSetting], of subject: PoolSubject) throws(PoolFailure) {
    let members = subject.members.map(\.identity)
    let known = Set(members.map(\.canonical))
    guard let stranger = settings.first(where: { !known.contains($0.identity) }) else { return }
    let who = "\(stranger.identity.text) is no member of a policy of \(subject.name)"
    throw PoolFailure(
      members.isEmpty ? "\(who), which has none" : "\(who); members are \(members.map(\.text).listed)")
  }

  private func client(of zone: SteeredZone) throws(PoolFailure) -> ClientClass? {
    guard nearest != nil || owner != nil else { return nil }
    let names = nearest?.split(separator: ",", omittingEmptySubsequences: false).map { $0.lowercased() } ?? []
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw .usage("--nearest has '\(names[twice])' twice; a location has one place in the order")
    }
    let client = ClientClass(nearest: names, owner: owner?.lowercased())
    let known = zone.policies.locations.map(\.name)
    for name in names + (client.owner.map { [$0] } ?? []) where !known.contains(name) {
      let right = known.isEmpty ? "it has none" : "those are \(known.listed)"
      throw PoolFailure("'\(name)' is not a location of zone \(zone.compiled.apex); \(right)")
    }
    return client
  }

  /// The file of the zone that the name is in.
  private func file(of name: DomainName) throws(PoolFailure) -> ZoneFile {
    let contents: ZoneFolder
    do {
      contents = try ZoneFolder.contents(of: path)
    } catch {
      throw PoolFailure(error.description)
    }
    let file = contents.files.filter { name.isSubdomain(of: $0.apex) }
      .max { $0.apex.labelCount < $1.apex.labelCount }
    let refusal = contents.refusals.filter { name.isSubdomain(of: $0.apex) }
      .max { $0.apex.labelCount < $1.apex.labelCount }
    if let refusal, refusal.apex.labelCount > file?.apex.labelCount ?? -1 {
      throw .refused(refusal.apex, refusal.diagnostics)
    }
    guard let file else {
      let apexes = contents.files.map { "\($0.apex)" }
      throw PoolFailure("\(name) is in no zone of \(path); there are \(apexes.listed)")
    }
    return file
  }

  private func load(_ file: ZoneFile) throws(PoolFailure) -> SteeredZone {
    let result = SteeredZoneLoader.load(
      file: file.path, apex: file.apex, shared: try configuration.definitions())
    guard let zone = result.zone else { throw .refused(file.apex, result.diagnostics) }
    return zone
  }
}

extension PoolFailure {
  /// A zone that is not taken: its errors, and a line that says so.
  static func refused(_ apex: DomainName, _ diagnostics: [Diagnostic]) -> PoolFailure {
    let errors = diagnostics.filter { $0.severity == .error }.map(\.description)
    return PoolFailure(
      lines: errors + ["\(apex) refused: \(errors.count) error\(errors.count == 1 ? "" : "s")"])
  }
}
