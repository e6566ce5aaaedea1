import DNSWire
import Testing
import Transport

@testable import Control

/// The octets that dnstap's own definitions ask for; real receivers take part in Tests/QueryLog.
@Suite struct DnstapTests {
  @Test func fields() {
    var message = ProtocolBuffer()
    message.append(1, to: 1)
    message.append(300, to: 6)
    message.append([0xab, 0xcd], to: 10)
    message.append(fixed: 0x0102_0304, to: 9)
    message.append(.max, to: 15)
    #expect(
      message.octets == [
        0x08, 1, 0x30, 0xac, 2, 0x52, 2, 0xab, 0xcd, 0x4d, 4, 3, 2, 1, 0x78, 255, 255, 255, 255, 255, 255,
        255,
        255, 255, 1,
      ])
  }

  @Test func frames() throws {
    let answered = AnsweredQuery(
      time: 5_000_000_007, client: try Endpoint(parsing: "[2001:db8::1]:53"), transport: .tcp, query: [1, 2],
      response: [3])
    let frames = DnstapMessage(answered, identity: [0x61], version: [0x62]).frames
    let address: [UInt8] = [0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]
    let common: [UInt8] = [0x10, 2, 0x18, 2, 0x22, 16] + address + [0x30, 53, 0x40, 5, 0x4d, 7, 0, 0, 0]
    let query: [UInt8] = [0x08, 1] + common + [0x52, 2, 1, 2]
    let response: [UInt8] = [0x08, 2] + common + [0x60, 5, 0x6d, 7, 0, 0, 0, 0x72, 1, 3]
    let expected = [query, response].map { (message: [UInt8]) -> [UInt8] in
      let head: [UInt8] = [0x0a, 1, 0x61, 0x12, 1, 0x62, 0x72, UInt8(message.count)]
      return head + message + [0x78, 1]
    }
    #expect(frames == expected)
  }

  @Test func framesOfAStream() {
    #expect(FrameStream.data([7, 8]) == [0, 0, 0, 2, 7, 8])
    #expect(FrameStream.control(.stop) == [0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3])
    let type = Array("protobuf:dnstap.Dnstap".utf8)
    let head: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 34, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 22]
    #expect(FrameStream.control(.ready) == head + type)
  }

  static let received: [([UInt8], FrameStream.Received)] = [
    ([], .incomplete),
    ([0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0], .incomplete),
    ([0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 5], .control(.finish, of: 12)),
    ([0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 1], .incomplete),
    ([0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 1, 9, 9, 8], .control(.accept, of: 14)),
    ([0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 5], .malformed),
    ([0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 5], .malformed),
    ([0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 6], .malformed),
    ([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 1], .malformed),
  ]

  @Test(arguments: received)
  func whatReceiversSend(_ octets: [UInt8], _ received: FrameStream.Received) {
    #expect(FrameStream.read(octets) == received)
  }

  @Test func whatIsSentCanBeRead() {
    for control in [FrameStream.Control.accept, .start, .stop, .ready, .finish] {
      let frame = FrameStream.control(control)
      #expect(FrameStream.read(frame) == .control(control, of: frame.count))
    }
  }
}
