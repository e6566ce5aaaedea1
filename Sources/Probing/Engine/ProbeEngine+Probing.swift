import DNSWire
import Health
import Steering
import Transport

extension ProbeEngine {
  /// Begins a probe that the schedule has let begin.
  func begin(_ number: Int) {
    guard let target = targets[number] else { return }
    let now = Moment.now
    let slot = slots.insert(RunningProbe(target: number, began: now, exchange: target.probe.exchange))
    targets[number]?.slot = slot
    deadlines.set(slot, to: now + target.timeout)
    counters.started += 1
    counters.running += 1
    switch target.member {
    case .address(let address):
      connect(slot, to: Endpoint(address: address, port: target.port), sendsFirst: target.probe.sendsFirst)
    case .target(let name):
      finish(slot, .failure(.name, "cannot resolve \(name)"))
    }
  }

  private func connect(_ slot: Int, to endpoint: Endpoint, sendsFirst: Bool) {
    do throws(Errno) {
      let socket = try System.openStream(endpoint.address.family, sendsFirst: sendsFirst)
      slots[slot].socket = socket
      try System.connect(socket, to: endpoint)
      try events.watch(socket, as: slots.token(of: slot))
    } catch {
      fail(slot, error)
    }
  }

  // MARK: Octets

  func handle(_ event: EventPoll.Event, in slot: Int) {
    if !slots[slot].isConnected {
      // What the failure is, if it is one, must be asked, as an attempt to send may tell another.
      if event.hasFailed, let failure = System.failure(of: slots[slot].socket) { return fail(slot, failure) }
      slots[slot].isConnected = true
      slots[slot].heard = .now
      guard heed(slots[slot].exchange.open(), in: slot) else { return }
    } else if !slots[slot].unsent.isEmpty {
      guard send(in: slot) else { return }
    }
    if event.isReadable || event.hasFailed { receive(in: slot, untilEnd: event.isEnding || event.hasFailed) }
  }

  /// Receives what there is.
  ///
  /// - Parameter untilEnd: whether the end, or a failure, is known to follow.
  private func receive(in slot: Int, untilEnd: Bool) {
    do throws(Errno) {
      while true {
        let count = try System.receive(slots[slot].socket, into: &received)
        guard count > 0 else { return finish(slot, slots[slot].exchange.end()) }
        slots[slot].heard = .now
        let step = slots[slot].exchange.receive(received.span.extracting(0..<count))
        guard heed(step, in: slot) else { return }
        // There is no more, and more will be told of.
        if count < received.count, !untilEnd { return }
      }
    } catch {
      if !error.isWouldBlock { fail(slot, error) }
    }
  }

  /// - Returns: false: the probe has ended.
  private func heed(_ step: ExchangeStep, in slot: Int) -> Bool {
    switch step {
    case .wait: return true
    case .send(let octets):
      slots[slot].unsent += octets
      return send(in: slot)
    case .finish(let result):
      finish(slot, result)
      return false
    case .finishAfter(let octets, let result):
      slots[slot].unsent += octets
      slots[slot].resultWhenSent = result
      return send(in: slot)
    case .askOverStream:
      return false
    }
  }

  /// Sends as much as is taken.
  ///
  /// - Returns: false: the probe has ended.
  private func send(in slot: Int) -> Bool {
    do throws(Errno) {
      while !slots[slot].unsent.isEmpty {
        let count = try System.send(slots[slot].socket, slots[slot].unsent)
        slots[slot].unsent.removeFirst(count)
      }
    } catch {
      if error.isWouldBlock { return true }
      fail(slot, error)
      return false
    }
    guard let result = slots[slot].resultWhenSent else { return true }
    System.setResetOnClose(slots[slot].socket, false)
    finish(slot, result)
    return false
  }

  // MARK: Ends

  /// The time of a probe is up.
  func expire(_ slot: Int) {
    let probe = slots[slot]
    if let decided = probe.exchange.decided { return finish(slot, decided) }
    guard let target = targets[probe.target] else { return }
    let awaited = probe.isConnected ? probe.exchange.awaited : "the connection"
    finish(
      slot, .failure(.timeout, "\(awaited) took longer than \(DurationUnit.text(of: target.timeout))"))
  }

  private func fail(_ slot: Int, _ error: Errno) {
    let failure = ProbeResult(isSuccess: false, reason: Reason(error))
    finish(slot, slots[slot].isConnected ? slots[slot].exchange.decided ?? failure : failure)
  }

  /// Ends a probe with its result.
  private func finish(_ slot: Int, _ result: ProbeResult) {
    let probe = slots[slot]
    guard let target = targets[probe.target] else { return }
    var result = result
    switch result.reason.kind {
    case .timeout, .reset, .closed, .refused, .unreachable, .local: break
    default: result.responseTime = probe.heard.map { $0 - probe.began }
    }
    results.append((target.id, result))
    counters.finished += 1
    counters[result.reason.kind] += 1
    schedule.finish(probe.target, isSlow: result.reason.kind == .timeout)
    targets[probe.target]?.slot = nil
    release(slot)
  }

  /// Lets go of a probe that has ended, with its result or without.
  func release(_ slot: Int) {
    if slots[slot].socket >= 0 { System.close(slots[slot].socket) }
    deadlines.remove(slot)
    slots.remove(slot)
    counters.running -= 1
  }
}
