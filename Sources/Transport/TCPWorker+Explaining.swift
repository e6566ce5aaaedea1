extension TCPWorker {
  /// Explanations taken in one turn, so that connections are not kept waiting.
  private static var explanationsPerTurn: Int { 16 }

  /// Sends a query in a connection's input on to be explained.
  ///
  /// - Returns: false when too many others wait.
  @_noAllocation @_noLocks
  mutating func handOver(_ slot: Int, at offset: Int, length: Int) -> Bool {
    let origin = ExplanationPacket.Origin(
      worker: index, client: connections[slot].client, slot: slot,
      generation: connections[slot].generation)
    guard
      buffers.handOver(slot, at: offset, length: length, from: origin, in: &packet, to: explainer)
    else {
      block.add(to: .unexplained)
      return false
    }
    connections[slot].explanationCount += 1
    return true
  }

  /// Takes explanations that have been made and sends them to who waits for them.
  @_noAllocation @_noLocks
  mutating func takeExplanations() {
    for _ in 0..<Self.explanationsPerTurn {
      guard let recipient = explanations.receive() else { return }
      // The connection may have been closed since it asked.
      if let slot = connections.slot(recipient.slot, ofGeneration: recipient.generation) { deliver(to: slot) }
    }
  }

  /// Sends an explanation, at once or behind what the client has not taken yet.
  @_noAllocation @_noLocks
  private mutating func deliver(to slot: Int) {
    connections[slot].explanationCount -= 1
    let hasResponse = explanations.length > 0
    if let chunk = connections[slot].chunk {
      guard let added = buffers.append(explanations, to: Int(chunk), at: Int(connections[slot].outputEnd))
      else {
        block.add(to: .limited)
        close(slot)
        return
      }
      connections[slot].outputEnd += Int32(truncatingIfNeeded: added)
      if hasResponse { connections[slot].responseCount += 1 }
      return
    }
    if hasResponse {
      guard let end = buffers.append(explanations, to: output, at: 0) else { return }
      connections[slot].responseCount = 1
      guard send(slot, output, from: 0, to: end) else { return }
    }
    // Whoever has ended sending is not read from until all is explained.
    guard connections[slot].explanationCount == 0, watch(slot, for: .reading) else { return }
    if drainEnd != nil { finishReading(slot) }
  }
}
