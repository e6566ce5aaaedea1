extension StateFile {
  /// Reads what `encode` wrote; any octets may be given.
  public static func decode(_ octets: [UInt8]) throws(StateFileError) -> SavedState {
    // Before the checksum: a later version may have another.
    let head = Array("\(magic) ".utf8)
    guard octets.starts(with: head) else { throw head.starts(with: octets) ? .truncated : .notAStateFile }
    guard let newline = octets.firstIndex(of: 0x0a) else { throw .truncated }
    guard let version = Int(String(decoding: octets[head.count..<newline], as: UTF8.self)), version > 0 else {
      throw .damaged
    }
    guard version <= Self.version else { throw .newerVersion(version) }
    let lines = try checkedBody(octets).split(separator: 0x0a, omittingEmptySubsequences: false)
    var reader = StateReader()
    for (index, line) in lines.enumerated().dropFirst() {
      guard reader.take(String(decoding: line, as: UTF8.self)) else { throw .malformed(line: index + 1) }
    }
    guard let state = reader.state else { throw .malformed(line: 2) }
    return state
  }

  /// All but the last line, which has the checksum, and the newline before it.
  private static func checkedBody(_ octets: [UInt8]) throws(StateFileError) -> ArraySlice<UInt8> {
    guard octets.last == 0x0a, let newline = octets.dropLast().lastIndex(of: 0x0a) else { throw .truncated }
    let end = String(decoding: octets[(newline + 1)...].dropLast(), as: UTF8.self)
    guard end.hasPrefix("end ") else { throw .truncated }
    guard end == "end \(String(checksum(octets[...newline]), radix: 16))" else { throw .damaged }
    return octets[..<newline]
  }
}
