internal import Answering
internal import DNSWire

extension TCPWorker {
  /// Connections taken in one turn, so that those that are there are not kept waiting.
  static var acceptsPerTurn: Int { 64 }
  /// Connections taken before the end: more than wait at a listening socket.
  static var acceptsAtTheEnd: Int { 4096 }
  /// How long not to accept when the machine is out of something. Until then connections wait in the
  /// kernel; trying again at once would fail again, and again, as the listening socket stays ready.
  private static var pause: Int64 { 100 }

  /// Takes connections that wait to be accepted, at most `count`.
  @_noAllocation @_noLocks
  mutating func acceptConnections(_ count: Int, from listener: Int) {
    for _ in 0..<count {
      do throws(Errno) {
        let accepted = try System.accept(listeners[listener])
        acceptedInTurn += 1
        // Most have sent their query by now: then they need not be waited for.
        if let slot = admit(accepted.socket, from: accepted.client, port: accepted.port) { _ = read(slot) }
      } catch {
        if error.isWouldBlock { return }
        block.add(to: .failed)
        if error.isExhaustion {
          pauseAccepting()
          return
        }
        // Anything else is the fault of that one connection, such as that it is gone already.
      }
    }
  }

  /// Makes room at the limits by closing the longest idle connection. That is one of this worker: to
  /// find the longest idle of all would take a lock. When it has none, the new connection is refused.
  ///
  /// - Returns: the connection's slot; nil: refused.
  @_noAllocation @_noLocks
  private mutating func admit(_ socket: Int32, from client: IPAddress, port: UInt16) -> Int? {
    let index = counts.index(of: client)
    let present = counts.add(at: index)
    var hasRoom = true
    if present.client > maximumPerClient {
      hasRoom = makeRoom(closing: byClient.first(of: index))
    } else if present.total > maximumConnections {
      hasRoom = makeRoom(closing: byAge.first(of: 0))
    }
    guard hasRoom, let slot = add(socket, from: client, port: port, at: index) else {
      counts.remove(at: index)
      System.close(socket)
      return nil
    }
    block.add(to: .connections)
    return slot
  }

  @_noAllocation @_noLocks
  private mutating func makeRoom(closing oldest: Int?) -> Bool {
    block.add(to: .limited)
    guard let oldest else { return false }
    close(oldest)
    return true
  }

  @_noAllocation @_noLocks
  private mutating func add(_ socket: Int32, from client: IPAddress, port: UInt16, at index: Int) -> Int? {
    guard
      let slot = connections.insert(
        socket: socket, client: client, port: port, clientIndex: index, now: now)
    else { return nil }
    do throws(Errno) {
      try events.add(socket, for: .reading, as: token(of: slot))
    } catch {
      block.add(to: .failed)
      connections.remove(slot)
      return nil
    }
    byAge.append(slot, to: 0)
    byClient.append(slot, to: index)
    return slot
  }

  @_noAllocation @_noLocks
  func token(of slot: Int) -> EventToken {
    EventToken(.connection(slot: slot, generation: connections[slot].generation))
  }

  @_noAllocation @_noLocks
  private mutating func pauseAccepting() {
    acceptsAgain = now + Self.pause
    watchListeners(for: .nothing)
  }

  @_noAllocation @_noLocks
  mutating func resumeAccepting() {
    acceptsAgain = nil
    watchListeners(for: .reading)
  }

  /// Ends accepting for good.
  @_noAllocation @_noLocks
  mutating func stopAccepting() {
    acceptsAgain = nil
    watchListeners(for: .nothing)
  }

  @_noAllocation @_noLocks
  private mutating func watchListeners(for interest: EventQueue.Interest) {
    for index in 0..<listeners.count {
      watch(listeners[index], for: interest, as: EventToken(.listener(index)))
    }
  }
}
