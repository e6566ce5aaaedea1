import Health

/// What is kept of a probe while it runs.
struct RunningProbe {
  /// The number of its target.
  let target: Int
  let began: Moment
  var exchange: any Exchange
  /// -1: none.
  var socket: Int32 = -1
  var isConnected = false
  /// When the member was last heard of.
  var heard: Moment?
  /// What is still to be sent.
  var unsent: ArraySlice<UInt8> = []
  /// The result once all is sent; nil: it is open.
  var resultWhenSent: ProbeResult?

  init(target: Int, began: Moment, exchange: any Exchange) {
    self.target = target
    self.began = began
    self.exchange = exchange
  }
}
