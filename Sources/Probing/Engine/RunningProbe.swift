import DNSWire
import Health

/// What is kept of a probe while it runs.
final class RunningProbe {
  let target: ProbedTarget
  let began: Moment
  var exchange: any Exchange
  var transport: ProbeTransport
  /// Where the member is, and where else it may be if it cannot be connected to there.
  var address: IPAddress?
  var otherAddresses: ArraySlice<IPAddress> = []
  /// Also where the output of a program is read; -1: none.
  var socket: Int32 = -1
  var isConnected = false
  /// When the member was last heard of.
  var heard: Moment?
  /// What is still to be sent.
  var unsent: ArraySlice<UInt8> = []
  /// The result once all is sent; nil: it is open.
  var resultWhenSent: ProbeResult?
  /// The program that runs for it, and what it has written.
  var process: Int32?
  var output = ProgramOutput()
  /// Given by `ProbeSlots`.
  var slot = -1

  init(of target: ProbedTarget, began: Moment, awaiting awaited: String) {
    self.target = target
    self.began = began
    transport = target.probe.transport
    exchange = NoExchange(awaited: awaited)
  }

  /// Has octets sent after those that are still to be.
  func send(_ octets: [UInt8]) {
    if unsent.isEmpty { unsent = octets[...] } else { unsent += octets }
  }
}
