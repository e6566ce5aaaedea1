import DNSWire

extension ZoneBuilder {
  /// Checks and compiles what was read.
  ///
  /// - Parameter files: the zone file, then each included one.
  /// - Returns: the zone, nil when anything is an error; and all diagnostics.
  package consuming func compile(files: [String]) -> (zone: CompiledZone?, diagnostics: [Diagnostic]) {
    var builder = self
    builder.findNodeOfLastRecord()
    builder.findSteeredNodes()
    let zone = builder.checkedZone(files: files)
    return (zone, builder.report.diagnostics(files: files))
  }

  private mutating func checkedZone(files: [String]) -> CompiledZone? {
    if isFull {
      if let last = records.last { reportTooLarge(at: last.position) }
      return nil
    }
    let soa = checkSOA(files: files)
    var minimum = soa.map { uint32(inRdataOf: $0, fromEnd: 4) } ?? 0
    if let soa, minimum > Self.maximumTTL {
      report.add(
        .warning, soa.position,
        "the SOA's MINIMUM, \(minimum), is no TTL: \(Self.maximumTTL) is taken, the most that one can be "
          + "(RFC 2181 §8); 300 is common")
      minimum = Self.maximumTTL
    }
    group(defaultTTL: minimum)
    findHierarchy()
    // Checks against an SOA that is missing would only repeat that it is.
    guard let soa else { return nil }
    check(files: files)
    guard !report.hasErrors else { return nil }
    let soaTTL = soa.ttl == Self.noTTL ? minimum : soa.ttl
    return ZoneCompiler.compile(
      &self, soa: soa, negativeTTL: min(soaTTL, minimum), serial: uint32(inRdataOf: soa, fromEnd: 20),
      files: files)
  }

  /// The records that hold policy, with their places.
  func policyRecords(files: [String]) -> [PolicyRecord] {
    policyRecords.map { record in
      PolicyRecord(
        owner: DomainName(wellFormed: record.owner), type: record.type, rdata: record.rdata,
        file: files[Int(record.position.file)], line: Int(record.position.line),
        column: Int(record.position.column))
    }
  }

  private func uint32(inRdataOf record: Record, fromEnd distance: Int) -> UInt32 {
    let start = Int(record.rdata) + Int(record.rdataLength) - distance
    return rdata[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
