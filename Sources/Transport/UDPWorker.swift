internal import Answering

/// Answers the queries of one UDP socket, on a thread of its own.
///
/// A batch of queries costs one system call to receive and one to send it; nothing else is asked of the
/// kernel, and what happens between is proved to neither allocate nor lock.
struct UDPWorker: ~Copyable {
  private let socket: Int32
  /// The worker's number, and where it sends queries that want an explanation.
  private let index: Int
  private let explainer: Int32
  private let block: WorkerBlock
  private var answerer: Answerer
  private var batch: DatagramBatch
  private var packet: ExplanationPacket
  private var timer = AnswerTimer()
  private var tap: QueryTap
  /// Batches to come that are not foreseen, as it did not pay in the last one.
  private var unforeseen = 0

  /// - Parameters:
  ///   - wantsDestination: whether the socket was told to say which address was asked.
  ///   - index: of the worker among all of them.
  ///   - explainer: takes queries that want an explanation.
  ///   - tap: keeps what is to be logged.
  init(
    socket: Int32, wantsDestination: Bool, index: Int, explainer: Int32, answerer: consuming Answerer,
    block: WorkerBlock, tap: QueryTap
  ) throws(Errno) {
    let packet = try ExplanationPacket()
    batch = try DatagramBatch(wantsDestination: wantsDestination)
    self.packet = packet
    self.socket = socket
    self.index = index
    self.explainer = explainer
    self.block = block
    self.tap = tap
    self.answerer = answerer
  }
}

extension UDPWorker: Worker {
  /// Answers until it is asked to stop: by its block, then by interrupting its thread, which ends the wait for a
  /// query. The socket stays as it is, as another process may read it, too; what was received is answered.
  @_noAllocation @_noLocks
  mutating func run() {
    System.takeShortTurns()
    while !block.isStopping {
      do throws(Errno) {
        let count = try batch.receive(from: socket)
        answer(count)
        let sent = batch.send(to: socket)
        block.add(sent, to: .sent)
        if sent < batch.responseCount { block.add(batch.responseCount - sent, to: .dropped) }
      } catch {
        if error.isInterruption { continue }
        // The kernel is short of memory: leave it time to recover.
        block.add(to: .failed)
        System.nap(milliseconds: 10)
      }
    }
  }

  /// Batches answered without foresight before it is tried again.
  private static var pause: Int { 7 }

  @_noAllocation @_noLocks
  private mutating func answer(_ count: Int) {
    // Responses are copies, so the snapshot is let go before they are sent, which may take a while.
    answerer.beginBatch()
    var foresees = count > 1 && answerer.wantsForesight
    if foresees, unforeseen > 0 {
      foresees = false
      unforeseen -= 1
    }
    var ignored = 0
    for index in 0..<count {
      if foresees, index % Answerer.foresight == 0 {
        foresees = batch.foresee(index..<min(index + Answerer.foresight, count), with: &answerer)
        if !foresees, index == 0 { unforeseen = Self.pause }
      }
      if batch.isTruncated(at: index) { block.add(to: .truncated) }
      let begin = timer.begin()
      let outcome = batch.answer(at: index, with: &answerer)
      timer.end(begin, in: block)
      switch outcome {
      case .answered:
        if tap.counts() { batch.keep(at: index, in: tap) }
      case .ignored: ignored += 1
      case .unexplained: handOver(index)
      }
    }
    answerer.endBatch()
    block.add(count, to: .received)
    if ignored > 0 { block.add(ignored, to: .ignored) }
  }

  @_noAllocation @_noLocks
  private mutating func handOver(_ datagram: Int) {
    if !batch.handOver(at: datagram, of: index, in: &packet, to: explainer) { block.add(to: .unexplained) }
  }
}
