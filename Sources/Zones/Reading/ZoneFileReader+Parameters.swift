import DNSWire

extension ZoneFileReader {
  mutating func readParameters(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    throw invalid(token, .parameters, field, in: scanner)
  }
}
