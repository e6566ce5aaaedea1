internal import Answering
internal import DNSWire

extension TCPWorker {
  /// Reads of one connection before it is closed at the end, should its client go on and on.
  private static var readsToFinish: Int { 16 }

  /// Reads once and answers the whole queries that there are then.
  ///
  /// - Returns: whether to read again: the connection is still there, with its responses sent and with
  ///   more octets perhaps.
  @_noAllocation @_noLocks
  mutating func read(_ slot: Int) -> Bool {
    do throws(Errno) {
      let count = try buffers.receive(
        from: connections[slot].socket, into: slot, at: Int(connections[slot].inputCount))
      // The end of the client's queries: all whole ones are answered, or else it would not be read from. Those that
      // are being explained are still to come.
      if count == 0 {
        if connections[slot].explanationCount == 0 { close(slot) } else { _ = watch(slot, for: .nothing) }
        return false
      }
      connections[slot].inputCount += Int32(truncatingIfNeeded: count)
      return answerInput(slot)
    } catch {
      if !error.isWouldBlock { close(slot) }
      return false
    }
  }

  /// Answers what is there and closes the connection, at once or when the client has taken its responses and all is
  /// explained.
  @_noAllocation @_noLocks
  mutating func finishReading(_ slot: Int) {
    let generation = connections[slot].generation
    for _ in 0..<Self.readsToFinish {
      if !read(slot) { break }
    }
    guard connections.slot(slot, ofGeneration: generation) != nil, connections[slot].chunk == nil
    else { return }
    if connections[slot].explanationCount == 0 { close(slot) }
  }

  /// Answers the whole queries in a connection's input and sends the responses together.
  ///
  /// - Returns: whether the connection is still there and reading.
  @_noAllocation @_noLocks
  private mutating func answerInput(_ slot: Int) -> Bool {
    while true {
      let end = fillOutput(from: slot)
      if end == 0 { return true }
      if !send(slot, output, from: 0, to: end) { return false }
      if end <= ConnectionBuffers.batchSize { return true }
    }
  }

  /// Answers the whole queries in a connection's input until there are no more or the output is full, and
  /// keeps the rest of the input.
  ///
  /// - Returns: how many octets of output there are.
  @_noAllocation @_noLocks
  private mutating func fillOutput(from slot: Int) -> Int {
    let count = Int(connections[slot].inputCount)
    let client = connections[slot].client
    var skip = Int(connections[slot].skipCount)
    var responses: Int32 = 0
    var start = 0
    var end = 0
    while end <= ConnectionBuffers.batchSize {
      let skipped = skip < count - start ? skip : count - start
      start += skipped
      skip -= skipped
      guard count - start >= ConnectionBuffers.prefixSize else { break }
      let length = buffers.messageLength(in: slot, at: start)
      let kept = length < ConnectionBuffers.maximumQuery ? length : ConnectionBuffers.maximumQuery
      guard count - start >= ConnectionBuffers.prefixSize + kept else { break }
      let begin = timer.begin()
      var added = buffers.answer(
        slot, at: start + ConnectionBuffers.prefixSize, length: kept, from: client, with: &answerer,
        into: output, at: end)
      timer.end(begin, in: block)
      block.add(to: .received)
      if client.family == .v6 { block.add(to: .receivedOverIPv6) }
      if kept < length { block.add(to: .truncated) }
      if added == 0 {
        block.add(to: .ignored)
      } else if answerer.wantsExplanation,
        handOver(slot, at: start + ConnectionBuffers.prefixSize, length: kept)
      {
        added = 0
      } else {
        responses += 1
        if tap.counts() {
          buffers.keep(
            slot, at: start + ConnectionBuffers.prefixSize, length: kept, from: client,
            port: connections[slot].port, in: tap, response: output, at: end, responseLength: added)
        }
      }
      end += added
      start += ConnectionBuffers.prefixSize + kept
      skip = length - kept
    }
    buffers.moveInput(of: slot, from: start, count: count - start)
    connections[slot].inputCount = Int32(truncatingIfNeeded: count - start)
    connections[slot].skipCount = Int32(truncatingIfNeeded: skip)
    connections[slot].responseCount = responses
    return end
  }

  /// Sends responses, as far as the client takes them.
  ///
  /// - Returns: whether it took them all.
  @_noAllocation @_noLocks
  mutating func send(_ slot: Int, _ chunk: Int, from start: Int, to end: Int) -> Bool {
    var sent = start
    while sent < end {
      do throws(Errno) {
        sent += try buffers.send(chunk, from: sent, to: end, to: connections[slot].socket)
      } catch {
        if error.isWouldBlock {
          wait(slot, with: chunk, from: sent, to: end)
        } else {
          close(slot)
        }
        return false
      }
    }
    block.add(Int(connections[slot].responseCount), to: .sent)
    connections[slot].responseCount = 0
    connections[slot].lastProgress = now
    byAge.refresh(slot, in: 0)
    byClient.refresh(slot, in: Int(connections[slot].clientIndex))
    return true
  }

  /// Makes a connection wait for its client to take the rest of its responses.
  @_noAllocation @_noLocks
  private mutating func wait(_ slot: Int, with chunk: Int, from start: Int, to end: Int) {
    if connections[slot].chunk == nil {
      // The connection keeps the chunk, so the worker needs another one.
      guard let next = chunks.take() else {
        block.add(to: .limited)
        close(slot)
        return
      }
      output = next
      connections[slot].chunk = Int32(truncatingIfNeeded: chunk)
      guard watch(slot, for: .writing) else { return }
    }
    connections[slot].outputStart = Int32(truncatingIfNeeded: start)
    connections[slot].outputEnd = Int32(truncatingIfNeeded: end)
  }

  /// Goes on sending what a client did not take before and, when it has taken all, goes on reading.
  @_noAllocation @_noLocks
  mutating func sendRest(_ slot: Int) {
    guard let chunk = connections[slot].chunk else { return }
    let start = Int(connections[slot].outputStart)
    let end = Int(connections[slot].outputEnd)
    guard send(slot, Int(chunk), from: start, to: end) else { return }
    chunks.giveBack(Int(chunk))
    connections[slot].chunk = nil
    // Queries that were read before are not told of by an event.
    guard watch(slot, for: .reading), answerInput(slot) else { return }
    if drainEnd != nil { finishReading(slot) }
  }

  @_noAllocation @_noLocks
  mutating func watch(_ slot: Int, for interest: EventQueue.Interest) -> Bool {
    do throws(Errno) {
      try events.change(connections[slot].socket, to: interest, as: token(of: slot))
      return true
    } catch {
      block.add(to: .failed)
      close(slot)
      return false
    }
  }
}
