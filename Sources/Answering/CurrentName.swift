/// Where in the response the name being answered stands, so that owner names can point to it.
///
/// It is the question's name at first, later the target of a CNAME. One that a DNAME has made ends in a pointer to the
/// DNAME's target.
struct CurrentName {
  /// Where it begins in the message.
  var place = 12
  /// How many of its octets stand there; the others stand at `tail`, all of them.
  var literalLength = 0
  var tail = 0

  /// The compression pointer to the name's suffix that begins `offset` octets into it.
  @inline(__always)
  func pointer(toSuffixAt offset: Int) -> UInt16 {
    let target = offset < literalLength ? place &+ offset : tail &+ offset &- literalLength
    return 0xc000 | UInt16(truncatingIfNeeded: target)
  }
}
