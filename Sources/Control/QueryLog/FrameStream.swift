/// The frames that fstrm's Frame Streams protocol puts on a stream, with the handshake of the two-way kind.
enum FrameStream {
  enum Control: UInt32 {
    case accept = 1
    case start = 2
    case stop = 3
    case ready = 4
    case finish = 5
  }

  /// What the receiving side has sent.
  enum Received: Equatable {
    case incomplete
    case control(Control, of: Int)
    /// Something that does not belong there.
    case malformed
  }

  static let contentType = Array("protobuf:dnstap.Dnstap".utf8)
  /// Longer control frames are none.
  private static let controlLimit: UInt32 = 512

  static func data(_ octets: [UInt8]) -> [UInt8] { number(UInt32(octets.count)) + octets }

  /// A control frame; with what the frames are about, but for the last.
  static func control(_ control: Control) -> [UInt8] {
    var body = number(control.rawValue)
    if control != .stop, control != .finish {
      // Field 1: the content type.
      body += number(1) + number(UInt32(contentType.count)) + contentType
    }
    return number(0) + number(UInt32(body.count)) + body
  }

  /// The control frame at the begin of what was received, and its octets. What it offers is not looked at: fstrm's own
  /// receivers accept nothing but what they were offered.
  static func read(_ octets: [UInt8]) -> Received {
    guard octets.count >= 12 else { return .incomplete }
    let length = number(octets, at: 4)
    guard number(octets, at: 0) == 0, (4...controlLimit).contains(length),
      let control = Control(rawValue: number(octets, at: 8))
    else { return .malformed }
    return octets.count >= 8 + Int(length) ? .control(control, of: 8 + Int(length)) : .incomplete
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }

  private static func number(_ octets: [UInt8], at place: Int) -> UInt32 {
    octets[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
