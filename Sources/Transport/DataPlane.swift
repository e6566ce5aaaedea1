public import Answering
internal import Synchronization

/// The threads that answer, from start to stop.
///
/// Workers 0..<endpoints × threads are those of UDP, endpoint after endpoint; those of TCP follow, one for
/// each thread, with all endpoints.
public final class DataPlane: Sendable {
  private let listeners: Listeners
  private let blocks: WorkerBlocks
  private let clients: ClientCountsStorage
  private let rings: QueryRings?
  private let stopEvent: Descriptor
  let channel: ExplanationChannel
  /// The explainer's, then those of the workers.
  private let threads = Mutex<[WorkerThread]>([])

  /// How many workers there will be: what the publisher of snapshots must be made for.
  public static func workerCount(endpoints: Int, threads: Int) -> Int {
    endpoints * threads + threads
  }

  /// Starts to answer.
  ///
  /// - Parameters:
  ///   - publisher: made for `workerCount` workers.
  ///   - explainer: responds to queries that want an explanation.
  ///   - rings: made for as many workers, take what is to be logged; nil: nothing is.
  /// - Throws: when memory or threads are not to be had; nothing is left running then.
  public init(
    _ listeners: Listeners, publisher: SnapshotPublisher, tcp: TCPSettings = TCPSettings(),
    explainer: @escaping Explainer, rings: QueryRings? = nil
  ) throws(StartError) {
    self.listeners = listeners
    self.rings = rings
    blocks = WorkerBlocks(
      count: Self.workerCount(endpoints: listeners.endpoints.count, threads: listeners.threads))
    clients = ClientCountsStorage(connections: tcp.maximumConnections)
    stopEvent = try Self.needing(.events) { () throws(Errno) in try System.event() }
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
    for (endpointIndex, sockets) in listeners.udp.enumerated() {
      for (thread, socket) in sockets.enumerated() {
        let index = endpointIndex * listeners.threads + thread
        let worker = try Self.needing(.memory) { () throws(Errno) in
          WorkerBox(
            try UDPWorker(
              socket: socket.number, wantsDestination: listeners.endpoints[endpointIndex].isWildcard,
              index: index, explainer: channel.queries.worker.number,
              answerer: Answerer(publisher, worker: index), block: blocks[index], tap: tap(of: index)))
        }
        try start(worker, name: "udp/\(thread)", core: pins ? thread : nil)
      }
    }
  }

  private func startTCP(_ publisher: SnapshotPublisher, _ settings: TCPSettings) throws(StartError) {
    for thread in 0..<listeners.threads {
      let index = listeners.endpoints.count * listeners.threads + thread
      let worker = try Self.needing(.memory) { () throws(Errno) in
        WorkerBox(
          try TCPWorker(
            listeners: listeners.tcp.map { $0[thread].number }, stop: stopEvent.number, index: index,
            explainer: channel.queries.worker.number, explanations: channel.responses[thread].worker.number,
            settings: settings, clients: clients, answerer: Answerer(publisher, worker: index),
            block: blocks[index], tap: tap(of: index)))
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
    for socket in listeners.udp.joined() { System.shutDownReceiving(socket) }
    System.signal(stopEvent)
    for thread in running.dropFirst() { thread.join() }
    // Last, as connections may have waited for explanations.
    channel.close()
    explaining.join()
  }

  /// TCP connections at present.
  public var connectionCount: Int { clients.counts.connections }

  /// What each worker has counted so far, in the order of worker indices.
  public func counters() -> [WorkerCounters] {
    var counters: [WorkerCounters] = []
    for (endpoint, sockets) in zip(listeners.endpoints, listeners.udp) {
      for socket in sockets {
        counters.append(
          WorkerCounters(
            transport: .udp, endpoint: endpoint, overflowed: (try? System.overflowCount(socket)) ?? 0,
            block: blocks[counters.count]))
      }
    }
    for _ in 0..<listeners.threads {
      counters.append(
        WorkerCounters(transport: .tcp, endpoint: nil, overflowed: 0, block: blocks[counters.count]))
    }
    return counters
  }
}
