internal import Glibc
internal import Synchronization

/// The way of queries from the workers to the explainer, and of responses back to TCP workers. (Over UDP the explainer
/// responds to the client itself.)
final class ExplanationChannel: Sendable {
  /// A connected pair of sockets that keep messages apart.
  struct Pair: Sendable {
    let worker: Descriptor
    let explainer: Descriptor
  }

  /// What of queries may wait, in octets of the kernel's memory: it takes about 100 of them.
  private static let queriesSize: Int32 = 64 << 10
  /// What of responses may wait for a TCP worker: the longest one, and some more.
  private static let responsesSize: Int32 = 128 << 10
  /// For how long a TCP worker may keep the explainer waiting.
  private static let patience = Duration.seconds(1)

  /// For all workers.
  let queries: Pair
  /// For each TCP worker.
  let responses: [Pair]

  private let closed = Atomic(false)

  init(tcpWorkers: Int) throws(Errno) {
    queries = try Self.pair()
    try System.setOption(queries.worker, level: SOL_SOCKET, option: SO_SNDBUF, to: Self.queriesSize)
    var responses: [Pair] = []
    for _ in 0..<tcpWorkers {
      let pair = try Self.pair()
      try System.setOption(pair.explainer, level: SOL_SOCKET, option: SO_SNDBUF, to: Self.responsesSize)
      try System.setSendTimeout(pair.explainer, to: Self.patience)
      responses.append(pair)
    }
    self.responses = responses
  }

  private static func pair() throws(Errno) -> Pair {
    let (worker, explainer) = try System.socketPair()
    return Pair(worker: worker, explainer: explainer)
  }

  /// Whether nobody waits for explanations any more.
  var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Ends the explainer's wait for queries; those that are there stay unexplained.
  func close() {
    closed.store(true, ordering: .releasing)
    System.shutDownReceiving(queries.explainer)
  }
}
