internal import Answering

/// Answers the queries of TCP connections (RFC 7766), those of all endpoints, on a thread of its own.
///
/// A connection is in one of two states. *Reading*: what comes is answered at once, all whole queries of a
/// read together with one send. *Waiting*: the client has not taken all responses; nothing is read from it
/// until it has. So a client that does not read holds one chunk of output, and its own sending is stopped
/// by TCP.
///
/// The clock of a connection restarts when it has been sent the responses to whole queries, and never for
/// less: see `TCPSettings.idleTimeout`.
struct TCPWorker: ~Copyable {
  let listeners: [Int32]
  let stop: Int32
  let leave: Int32
  /// The worker's number, and where it sends queries that want an explanation.
  let index: Int
  let explainer: Int32
  let block: WorkerBlock
  let counts: ClientCounts
  let maximumConnections: Int
  let maximumPerClient: Int
  /// Milliseconds.
  var idleTimeout: Int64
  let idleTimeoutWhenLeaving: Int64
  let drainTimeout: Int64

  var answerer: Answerer
  var events: EventQueue
  var connections: ConnectionTable
  var buffers: ConnectionBuffers
  var packet: ExplanationPacket
  var explanations: ExplanationResponses
  var timer = AnswerTimer()
  var tap: QueryTap
  var chunks: ChunkPool
  /// The chunk that responses are written to. A connection that must wait keeps it; another takes its place.
  var output: Int
  /// All connections, the longest idle first.
  var byAge: RecencyLists
  /// The connections of each client, the longest idle first.
  var byClient: RecencyLists

  /// How fast connections come, those that are refused among them.
  var pace: AcceptPace
  var acceptedInTurn = 0

  /// The time of the last wake-up. Milliseconds.
  var now: Int64
  /// When to accept again after the machine was out of something; nil: accepting.
  var acceptsAgain: Int64?
  /// Whether connections are accepted by somebody else.
  var isLeaving = false
  /// When to give up on clients that do not take their responses; nil: not asked to stop.
  var drainEnd: Int64?
}

extension TCPWorker {
  /// - Parameters:
  ///   - listeners: listening, non-blocking sockets.
  ///   - stop: a descriptor that becomes readable when the worker is to stop.
  ///   - leave: one that does when it is to accept no more.
  ///   - index: of the worker among all of them.
  ///   - explainer: takes queries that want an explanation.
  ///   - explanations: gives the responses to them.
  ///   - tap: keeps what is to be logged.
  init(
    listeners: [Int32], stop: Int32, leave: Int32, index: Int, explainer: Int32, explanations: Int32,
    settings: TCPSettings, clients: ClientCountsStorage, answerer: consuming Answerer, block: WorkerBlock,
    tap: QueryTap
  ) throws(Errno) {
    // One worker may get all connections, as the kernel spreads them by chance.
    let slots = settings.maximumConnections
    var chunks = try ChunkPool(count: settings.maximumWaiting + 1)
    guard let output = chunks.take() else { preconditionFailure("a pool of at least one chunk is empty") }
    var events = try EventQueue()
    try events.add(stop, for: .reading, as: EventToken(.stop))
    try events.add(leave, for: .reading, as: EventToken(.leave))
    try events.add(explanations, for: .reading, as: EventToken(.explanations))
    for (index, listener) in listeners.enumerated() {
      try events.add(listener, for: .reading, as: EventToken(.listener(index)))
    }
    self.init(
      listeners: listeners, stop: stop, leave: leave, index: index, explainer: explainer, block: block,
      counts: clients.counts,
      maximumConnections: settings.maximumConnections, maximumPerClient: settings.maximumPerClient,
      idleTimeout: settings.idleTimeout.inMilliseconds,
      idleTimeoutWhenLeaving: settings.idleTimeoutWhenLeaving.inMilliseconds,
      drainTimeout: settings.drainTimeout.inMilliseconds,
      answerer: answerer, events: events, connections: try ConnectionTable(capacity: slots),
      buffers: try ConnectionBuffers(slots: slots, chunks: settings.maximumWaiting + 1),
      packet: try ExplanationPacket(), explanations: try ExplanationResponses(socket: explanations), tap: tap,
      chunks: chunks, output: output, byAge: try RecencyLists(lists: 1, slots: slots),
      byClient: try RecencyLists(lists: clients.placeCount, slots: slots),
      pace: AcceptPace(now: System.nanoseconds()), now: System.milliseconds(), acceptsAgain: nil,
      drainEnd: nil)
  }
}

extension TCPWorker: Worker {
  /// Answers until it is asked to stop, and then until clients have taken what they asked for, within
  /// `drainTimeout`.
  @_noAllocation @_noLocks
  mutating func run() {
    System.takeShortTurns()
    System.wakePunctually()
    while drainEnd == nil || connections.count > 0 {
      do throws(Errno) {
        let count = try events.wait(milliseconds: timeToNextDeadline())
        now = System.milliseconds()
        // Nothing waits before the batch ends, so the snapshot is held for as long as it takes to answer what is there.
        answerer.beginBatch()
        for index in 0..<count { handle(events.token(at: index), isReset: events.isReset(at: index)) }
        answerer.endBatch()
        meetDeadlines()
        restBetweenConnections()
      } catch {
        // The kernel is short of memory: leave it time to recover.
        block.add(to: .failed)
        System.nap(milliseconds: 10)
      }
    }
  }

  /// Leaves connections that come fast, but one by one, time to become several.
  @_noAllocation @_noLocks
  private mutating func restBetweenConnections() {
    let accepted = acceptedInTurn
    guard accepted > 0 else { return }
    acceptedInTurn = 0
    // There may be more already when a turn has taken all that it may.
    if pace.callsForRest(accepted: accepted, at: System.nanoseconds()), accepted < Self.acceptsPerTurn {
      System.nap(microseconds: AcceptPace.rest)
    }
  }

  @_noAllocation @_noLocks
  private mutating func handle(_ token: EventToken, isReset: Bool) {
    switch token.subject {
    case .stop:
      if drainEnd == nil { beginDraining() }
    case .leave: beginLeaving()
    case .explanations: takeExplanations()
    case .listener(let index):
      if drainEnd == nil, !isLeaving { acceptConnections(Self.acceptsPerTurn, from: index) }
    case .connection(let slot, let generation):
      // The connection may have been closed since the event was collected.
      guard let slot = connections.slot(slot, ofGeneration: generation) else { return }
      if isReset {
        // There is nobody to respond to; and of a reset it is told again and again.
        close(slot)
      } else if connections[slot].chunk == nil {
        _ = read(slot)
      } else {
        sendRest(slot)
      }
    }
  }

  /// Milliseconds until something is to be done without an event; -1: never.
  @_noAllocation @_noLocks
  private func timeToNextDeadline() -> Int32 {
    var deadline = Int64.max
    if let oldest = byAge.first(of: 0) { deadline = connections[oldest].lastProgress + idleTimeout }
    if let acceptsAgain, acceptsAgain < deadline { deadline = acceptsAgain }
    if let drainEnd, drainEnd < deadline { deadline = drainEnd }
    if deadline == .max { return -1 }
    let rest = deadline - now
    return rest <= 0 ? 0 : Int32(truncatingIfNeeded: rest < 1 << 30 ? rest : 1 << 30)
  }

  @_noAllocation @_noLocks
  private mutating func meetDeadlines() {
    while let oldest = byAge.first(of: 0), connections[oldest].lastProgress + idleTimeout <= now {
      block.add(to: .timedOut)
      close(oldest)
    }
    if let acceptsAgain, acceptsAgain <= now { resumeAccepting() }
    if let drainEnd, drainEnd <= now {
      while let oldest = byAge.first(of: 0) { close(oldest) }
    }
  }

  /// Leaves accepting to another process. Connections are served on, and closed when they are idle for a while.
  @_noAllocation @_noLocks
  private mutating func beginLeaving() {
    isLeaving = true
    watch(leave, for: .nothing, as: EventToken(.leave))
    stopAccepting()
    if idleTimeoutWhenLeaving < idleTimeout { idleTimeout = idleTimeoutWhenLeaving }
  }

  /// Answers what has arrived by now, closes connections that owe nothing, and leaves the others to be
  /// finished.
  @_noAllocation @_noLocks
  private mutating func beginDraining() {
    drainEnd = now + drainTimeout
    watch(stop, for: .nothing, as: EventToken(.stop))
    if !isLeaving {
      for index in 0..<listeners.count { acceptConnections(Self.acceptsAtTheEnd, from: index) }
    }
    stopAccepting()
    var next = byAge.first(of: 0)
    while let slot = next {
      // Reading may close the connection or make it the youngest one: look on before.
      next = byAge.slot(after: slot)
      if connections[slot].chunk == nil { finishReading(slot) }
    }
  }

  /// Changes what a socket that is open for as long as the worker runs is waited for to be.
  @_noAllocation @_noLocks
  mutating func watch(_ socket: Int32, for interest: EventQueue.Interest, as token: EventToken) {
    do throws(Errno) {
      try events.change(socket, to: interest, as: token)
    } catch {
      // Not seen to happen: the socket is in the queue already, so that no memory is needed.
      block.add(to: .failed)
    }
  }

  /// Closes a connection and forgets it.
  @_noAllocation @_noLocks
  mutating func close(_ slot: Int) {
    let connection = connections[slot]
    if let chunk = connection.chunk { chunks.giveBack(Int(chunk)) }
    if connection.responseCount > 0 { block.add(Int(connection.responseCount), to: .dropped) }
    byAge.remove(slot, from: 0)
    byClient.remove(slot, from: Int(connection.clientIndex))
    counts.remove(at: Int(connection.clientIndex))
    connections.remove(slot)
    // Last, so that a client that sees the end is no longer counted when it comes again.
    System.close(connection.socket)
  }
}
