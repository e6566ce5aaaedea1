internal import DNSWire
internal import Steering
internal import Zones

extension PoolChange {
  /// What happened to the pool, in a word.
  var kind: String { isAdded ? "added" : isRemoved ? "removed" : "changed" }

  /// The change as text.
  var lines: [String] {
    let title =
      "\(owner) \(type.mnemonic): \(isAdded || isRemoved ? "policy \(kind)" : kind)"
      + (moves.map { ", \($0.share.percent) of \($0.key.rawValue)s move" } ?? "")
    if isRemoved { return [title] }
    let told =
      settings.map { setting in
        "\(setting.key): " + [setting.before, setting.after].compactMap(\.self).joined(separator: " -> ")
      } + redefined.map { "\($0): defined otherwise" } + table
    return [title] + (told + clientLines).map { "  " + $0 }
  }

  private var table: [String] {
    let changed = members.filter { !$0.isNone }
    var table = TextTable()
    table.add("member", changed.map(\.member))
    if !isAdded { Self.add(changed.map(\.before), "before", to: &table) }
    Self.add(changed.map(\.after), "after", to: &table)
    table.add("", changed.map(note))
    let same = members.count - changed.count
    return (changed.isEmpty ? [] : table.lines)
      + (same > 0 ? ["\(same) member\(same == 1 ? "" : "s") as before"] : [])
  }

  private var clientLines: [String] {
    let lines = clients.flatMap { client in
      var table = TextTable()
      table.add("member", client.members.map(\.member))
      Self.add(client.members.map(\.before), "before", to: &table)
      Self.add(client.members.map(\.after), "after", to: &table)
      return [client.title] + table.lines.map { "  " + $0 }
    }
    return lines + (omittedClients > 0 ? ["and \(omittedClients.counted("more group")) of clients"] : [])
  }

  private static func add(_ shares: [Share?], _ title: String, to table: inout TextTable) {
    table.add(title, shares.map { $0?.fraction ?? "-" }, alignment: .right)
    table.add("", shares.map { $0?.percent ?? "" }, alignment: .right)
  }

  private func note(on member: MemberChange) -> String {
    if isAdded { return "" }
    if member.before == nil { return "new" }
    return member.after == nil ? "gone" : member.notes.joined(separator: ", ")
  }

  /// The change as JSON.
  var json: JSON {
    .object([
      ("name", .string("\(owner)")), ("type", .string(type.mnemonic)), ("change", .string(kind)),
      (
        "settings",
        .array(
          settings.map { setting in
            .object([
              ("key", .string(setting.key)), ("before", setting.before.map { .string($0) } ?? .null),
              ("after", setting.after.map { .string($0) } ?? .null),
            ])
          })
      ),
      ("redefined", .array(redefined.map { .string($0) })),
      (
        "members",
        .array(
          members.map { member in
            .object([
              ("member", .string(member.member)), ("before", member.before?.json ?? .null),
              ("after", member.after?.json ?? .null), ("notes", .array(member.notes.map { .string($0) })),
            ])
          })
      ),
      ("moved", moves?.share.json ?? .null),
      ("clients", .array(clients.map(\.json))), ("clients-omitted", .number(omittedClients)),
    ])
  }
}
