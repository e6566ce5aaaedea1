import DNSWire

/// One field of a type's RDATA, to name it in errors.
struct RecordField {
  let type: RRType
  let index: Int

  init(_ type: RRType, _ index: Int) {
    self.type = type
    self.index = index
  }
}
