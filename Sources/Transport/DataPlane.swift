public import Answering
internal import Synchronization

/// The threads that answer, from start to stop.
///
/// Workers 0..<endpoints × threads are those of UDP, endpoint after endpoint; those of TCP follow, one for
/// each thread, with all endpoints.
public final class DataPlane: Sendable {
  private let listeners: Listeners
  private let blocks: WorkerBlocks
  private let threads: Mutex<[WorkerThread]>

  /// How many workers there will be: what the publisher of snapshots must be made for.
  public static func workerCount(endpoints: Int, threads: Int) -> Int {
    endpoints * threads + threads
  }

  /// Starts to answer.
  ///
  /// - Parameter publisher: made for `workerCount` workers.
  /// - Throws: when memory or threads are not to be had; nothing is left running then.
  public init(_ listeners: Listeners, publisher: SnapshotPublisher) throws(StartError) {
    self.listeners = listeners
    let count = Self.workerCount(endpoints: listeners.endpoints.count, threads: listeners.threads)
    blocks = WorkerBlocks(count: count)
    threads = Mutex([])
    let pins = listeners.threads <= WorkerThread.allowedCores
    do throws(StartError) {
      for (endpoint, sockets) in listeners.udp.enumerated() {
        for (thread, socket) in sockets.enumerated() {
          let index = endpoint * listeners.threads + thread
          let worker: UDPWorker
          do throws(Errno) {
            worker = try UDPWorker(
              socket: socket.number, wantsDestination: listeners.endpoints[endpoint].isWildcard,
              answerer: Answerer(publisher, worker: index), block: blocks[index])
          } catch {
            throw StartError(resource: .memory, reason: error)
          }
          try start(WorkerBox(worker), name: "udp/\(thread)", core: pins ? thread : nil)
        }
      }
    } catch {
      stop()
      throw error
    }
  }

  deinit { stop() }

  private func start<Content: Worker & ~Copyable>(
    _ worker: WorkerBox<Content>, name: String, core: Int?
  ) throws(StartError) {
    do throws(Errno) {
      let thread = try WorkerThread(name: name, core: core) { worker.run() }
      threads.withLock { $0.append(thread) }
    } catch {
      throw StartError(resource: .threads, reason: error)
    }
  }

  /// Stops answering and returns when all workers have ended. Further calls do nothing.
  public func stop() {
    let running = threads.withLock { threads in
      let running = threads
      threads = []
      return running
    }
    if running.isEmpty { return }
    for index in 0..<blocks.count { blocks[index].requestStop() }
    for socket in listeners.udp.joined() { System.shutDownReceiving(socket) }
    for thread in running { thread.join() }
  }

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
