public import Answering
internal import Synchronization

/// The threads that answer, from start to stop.
///
/// Workers are numbered: first those of UDP, endpoint after endpoint; those of TCP follow, one for each thread, with
/// all endpoints.
public final class DataPlane: Sendable {
  private let listeners: Listeners
  private let blocks: WorkerBlocks
  private let clients: ClientCountsStorage
  private let rings: QueryRings?
  private let stopEvent: Descriptor
  private let leaveEvent: Descriptor
  private let leaveTimeout: Duration
  let channel: ExplanationChannel
  /// The explainer's, then those of the workers.
  private let threads = Mutex<[WorkerThread]>([])

  /// Starts to answer.
  ///
  /// - Parameters:
  ///   - publisher: made for the listeners' `workerCount`.
  ///   - explainer: responds to queries that want an explanation.
  ///   - rings: made for as many workers, take what is to be logged; nil: nothing is.
  /// - Throws: when memory or threads are not to be had; nothing is left running then.
  public init(
    _ listeners: Listeners, publisher: SnapshotPublisher, tcp: TCPSettings = TCPSettings(),
    explainer: @escaping Explainer, rings: QueryRings? = nil
  ) throws(StartError) {
    self.listeners = listeners
    self.rings = rings
    blocks = WorkerBlocks(count: listeners.workerCount)
    clients = ClientCountsStorage(connections: tcp.maximumConnections)
    stopEvent = try Self.needing(.events) { () throws(Errno) in try System.event() }
    leaveEvent = try Self.needing(.events) { () throws(Errno) in try System.event() }
    leaveTimeout = tcp.leaveTimeout
    let threads = listeners.threads
    channel = try Self.needing(.events) { () throws(Errno) in try ExplanationChannel(tcpWorkers: threads) }
    do throws(StartError) {
      try startExplaining(explainer)
      try startUDP(publisher)
      try startTCP(publisher, tcp)
    } catch {
      stop()
      throw error
    }
  }

  deinit { stop() }

  private func startExplaining(_ explainer: @escaping Explainer) throws(StartError) {
    let worker = try Self.needing(.memory) { () throws(Errno) in
      WorkerBox(try ExplanationWorker(channel, listeners, explainer: explainer))
    }
    try start(worker, name: "explain", core: nil)
  }

  private func startUDP(_ publisher: SnapshotPublisher) throws(StartError) {
    // Were there fewer cores than threads, pinned ones would wait for each other beside an idle core.
    let pins = listeners.threads <= WorkerThread.allowedCores
    for (index, seat) in listeners.seats.enumerated() {
      let worker = try Self.needing(.memory) { () throws(Errno) in
        WorkerBox(
          try UDPWorker(
            socket: seat.socket.number, wantsDestination: listeners.endpoints[seat.endpoint].isWildcard,
            index: index, explainer: channel.queries.worker.number,
            answerer: Answerer(publisher, worker: index), block: blocks[index], tap: tap(of: index)))
      }
      try start(worker, name: "udp/\(seat.thread)", core: pins ? seat.thread % listeners.threads : nil)
    }
  }

  private func startTCP(_ publisher: SnapshotPublisher, _ settings: TCPSettings) throws(StartError) {
    for (thread, sockets) in listeners.tcpSeats.enumerated() {
      let index = listeners.seats.count + thread
      let worker = try Self.needing(.memory) { () throws(Errno) in
        WorkerBox(
          try TCPWorker(
            listeners: sockets.map(\.number), stop: stopEvent.number, leave: leaveEvent.number,
            index: index, explainer: channel.queries.worker.number,
            explanations: channel.responses[thread].worker.number, settings: settings, clients: clients,
            answerer: Answerer(publisher, worker: index), block: blocks[index], tap: tap(of: index)))
      }
      // Not pinned: it gives way to UDP by moving to a core that has less to do.
      try start(worker, name: "tcp/\(thread)", core: nil)
    }
  }

  private func tap(of worker: Int) -> QueryTap { rings?.tap(of: worker) ?? .closed }

  private func start<Content: Worker & ~Copyable>(
    _ worker: WorkerBox<Content>, name: String, core: Int?
  ) throws(StartError) {
    let thread = try Self.needing(.threads) { () throws(Errno) in
      try WorkerThread(name: name, core: core) { worker.run() }
    }
    threads.withLock { $0.append(thread) }
  }

  private static func needing<Result>(
    _ resource: StartError.Resource, _ body: () throws(Errno) -> Result
  ) throws(StartError) -> Result {
    do throws(Errno) { return try body() } catch { throw StartError(resource: resource, reason: error) }
  }

  /// Stops answering and returns when all workers have ended: at once those of UDP, those of TCP when
  /// clients have taken the responses to what they had asked, or `drainTimeout` is over. Further calls do
  /// nothing.
  public func stop() {
    let running = threads.withLock { threads in
      let running = threads
      threads = []
      return running
    }
    guard let explaining = running.first else { return }
    for index in 0..<blocks.count { blocks[index].requestStop() }
    System.signal(stopEvent)
    // Those of UDP follow the explainer's, as far as they were started.
    for thread in running.dropFirst().prefix(listeners.seats.count) { thread.interrupt() }
    for thread in running.dropFirst() { thread.join() }
    // Last, as connections may have waited for explanations.
    channel.close()
    explaining.join()
  }

  /// Stops as `stop()` does, but leaves the sockets to another process: what has not been read from them is left
  /// there, no connection is accepted, and those that are there have some time to end by themselves.
  public func leave() {
    let udp = threads.withLock { $0.dropFirst().prefix(listeners.seats.count) }
    for index in udp.indices { blocks[index - udp.startIndex].requestStop() }
    for thread in udp { thread.interrupt() }
    System.signal(leaveEvent)
    let deadline = ContinuousClock.now + leaveTimeout
    while connectionCount > 0, ContinuousClock.now < deadline {
      System.nap(milliseconds: Self.patience)
    }
    stop()
  }

  /// Between looks whether connections have ended. Milliseconds.
  private static let patience: Int32 = 10

  /// TCP connections at present.
  public var connectionCount: Int { clients.counts.connections }

  /// What each worker has counted so far, in the order of worker indices.
  public func counters() -> [WorkerCounters] {
    var counters: [WorkerCounters] = []
    for seat in listeners.seats {
      counters.append(
        WorkerCounters(
          transport: .udp, endpoint: listeners.endpoints[seat.endpoint],
          overflowed: seat.isShared ? 0 : (try? System.overflowCount(seat.socket)) ?? 0,
          block: blocks[counters.count]))
    }
    for _ in 0..<listeners.threads {
      counters.append(
        WorkerCounters(transport: .tcp, endpoint: nil, overflowed: 0, block: blocks[counters.count]))
    }
    return counters
  }
}
