internal import DNSWire

/// What a TCP worker knows of a connection, apart from its octets.
struct Connection: BitwiseCopyable {
  /// Its file descriptor.
  var socket: Int32
  /// Tells it from those that had the same slot before. 1...0x7fff_ffff.
  var generation: UInt32
  /// The client's place in the table that connections of one client are counted in.
  var clientIndex: Int32
  /// Octets received and not yet answered.
  var inputCount: Int32
  /// Octets still to come, and to be disregarded, of a message that was too long.
  var skipCount: Int32
  /// The chunk with responses that the client has not taken yet; nil: there are none, and queries are read.
  var chunk: Int32?
  /// The part of the chunk still to be sent.
  var outputStart: Int32
  var outputEnd: Int32
  /// Responses made and not yet handed to the kernel in whole.
  var responseCount: Int32
  /// Queries that are being explained.
  var explanationCount: Int32
  /// When a query was last answered in whole, or else the connection accepted. Milliseconds.
  var lastProgress: Int64
  var client: IPAddress
  var port: UInt16

  @_noAllocation @_noLocks
  init(
    socket: Int32, generation: UInt32, client: IPAddress, port: UInt16, clientIndex: Int, now: Int64
  ) {
    self.socket = socket
    self.generation = generation
    self.client = client
    self.port = port
    self.clientIndex = Int32(truncatingIfNeeded: clientIndex)
    lastProgress = now
    inputCount = 0
    skipCount = 0
    chunk = nil
    outputStart = 0
    outputEnd = 0
    responseCount = 0
    explanationCount = 0
  }
}
