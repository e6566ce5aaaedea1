internal import DNSWire
internal import Steering

extension ClientChange {
  /// As many locations of an order are told in text.
  private static let places = 4

  /// Who the clients are, in words.
  var title: String {
    let more = networkCount > 1 ? " and \((networkCount - 1).counted("more network"))" : ""
    let nearest =
      before.nearest.isEmpty && after.nearest.isEmpty
      ? nil : "nearest \(Self.step(Self.text(before.nearest), Self.text(after.nearest)))"
    let owner =
      before.owner == nil && after.owner == nil
      ? nil : "of \(Self.step(before.owner ?? "nobody", after.owner ?? "nobody"))"
    let seen = [owner, nearest].compactMap(\.self).joined(separator: ", ")
    return "clients of \(network)\(more)\(seen.isEmpty ? "" : " (\(seen))")"
  }

  private static func step(_ before: String, _ after: String) -> String {
    before == after ? before : "\(before) -> \(after)"
  }

  private static func text(_ nearest: [String]) -> String {
    if nearest.isEmpty { return "unknown" }
    return nearest.prefix(places).joined(separator: ",") + (nearest.count > places ? ",..." : "")
  }

  var json: JSON {
    .object([
      ("network", .string("\(network)")), ("networks", .number(networkCount)),
      ("before", Self.json(of: before)), ("after", Self.json(of: after)),
      (
        "members",
        .array(
          members.map { member in
            .object([
              ("member", .string(member.member)), ("before", member.before?.json ?? .null),
              ("after", member.after?.json ?? .null),
            ])
          })
      ),
    ])
  }

  private static func json(of client: ClientClass) -> JSON {
    .object([("nearest", .array(client.nearest.map { .string($0) })), ("owner", JSON(client.owner))])
  }
}
