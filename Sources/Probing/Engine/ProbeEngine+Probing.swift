import DNSWire
import Health
import Steering
import Transport

extension ProbeEngine {
  /// Begins a probe that the schedule has let begin.
  func begin(_ target: ProbedTarget) {
    let probe = RunningProbe(of: target, began: .now)
    slots.insert(probe)
    target.running = probe
    deadlines.set(probe.slot, to: probe.began + target.timeout)
    counters.started += 1
    counters.running += 1
    switch target.member {
    case .address(let address): connect(probe, to: Endpoint(address: address, port: target.port))
    case .target(let name): finish(probe, .failure(.name, "cannot resolve \(name)"))
    }
  }

  private func connect(_ probe: RunningProbe, to endpoint: Endpoint) {
    do throws(Errno) {
      probe.socket = try System.openStream(
        endpoint.address.family, sendsFirst: probe.target.probe.sendsFirst)
      try System.connect(probe.socket, to: endpoint)
      try events.watch(probe.socket, as: slots.token(of: probe))
    } catch {
      fail(probe, error)
    }
  }

  // MARK: Octets

  func handle(_ event: EventPoll.Event, of probe: RunningProbe) {
    if !probe.isConnected {
      // What the failure is, if it is one, must be asked, as an attempt to send may tell another.
      if event.hasFailed, let failure = System.failure(of: probe.socket) { return fail(probe, failure) }
      probe.isConnected = true
      probe.heard = .now
      guard heed(probe.exchange.open(), of: probe) else { return }
    } else if !probe.unsent.isEmpty {
      guard send(probe) else { return }
    }
    if event.isReadable || event.hasFailed { receive(probe, untilEnd: event.isEnding || event.hasFailed) }
  }

  /// Receives what there is.
  ///
  /// - Parameter untilEnd: whether the end, or a failure, is known to follow.
  private func receive(_ probe: RunningProbe, untilEnd: Bool) {
    do throws(Errno) {
      while true {
        let count = try System.receive(probe.socket, into: &received)
        guard count > 0 else { return finish(probe, probe.exchange.end()) }
        probe.heard = .now
        let step = probe.exchange.receive(received.span.extracting(0..<count))
        guard heed(step, of: probe) else { return }
        // There is no more, and more will be told of.
        if count < received.count, !untilEnd { return }
      }
    } catch {
      if !error.isWouldBlock { fail(probe, error) }
    }
  }

  /// - Returns: false: the probe has ended.
  private func heed(_ step: ExchangeStep, of probe: RunningProbe) -> Bool {
    switch step {
    case .wait: return true
    case .send(let octets):
      probe.send(octets)
      return send(probe)
    case .finish(let result):
      finish(probe, result)
      return false
    case .finishAfter(let octets, let result):
      probe.send(octets)
      probe.resultWhenSent = result
      return send(probe)
    case .askOverStream:
      return false
    }
  }

  /// Sends as much as is taken.
  ///
  /// - Returns: false: the probe has ended.
  private func send(_ probe: RunningProbe) -> Bool {
    do throws(Errno) {
      while !probe.unsent.isEmpty {
        let count = try System.send(probe.socket, probe.unsent)
        probe.unsent.removeFirst(count)
      }
    } catch {
      if error.isWouldBlock { return true }
      fail(probe, error)
      return false
    }
    guard let result = probe.resultWhenSent else { return true }
    System.setResetOnClose(probe.socket, false)
    finish(probe, result)
    return false
  }

  // MARK: Ends

  /// The time of a probe is up.
  func expire(_ probe: RunningProbe) {
    if let decided = probe.exchange.decided { return finish(probe, decided) }
    let awaited = probe.isConnected ? probe.exchange.awaited : "the connection"
    let timeout = DurationUnit.text(of: probe.target.timeout)
    finish(probe, .failure(.timeout, "\(awaited) took longer than \(timeout)"))
  }

  private func fail(_ probe: RunningProbe, _ error: Errno) {
    let decided = probe.isConnected ? probe.exchange.decided : nil
    finish(probe, decided ?? ProbeResult(isSuccess: false, reason: Reason(error)))
  }

  /// Ends a probe with its result.
  private func finish(_ probe: RunningProbe, _ result: ProbeResult) {
    var result = result
    switch result.reason.kind {
    case .timeout, .reset, .closed, .refused, .unreachable, .local: break
    default: result.responseTime = probe.heard.map { $0 - probe.began }
    }
    results.append((probe.target.id, result))
    counters.finished += 1
    counters[result.reason.kind] += 1
    schedule.finish(probe.target.number, isSlow: result.reason.kind == .timeout)
    release(probe)
  }

  /// Lets go of a probe that has ended, with its result or without.
  func release(_ probe: RunningProbe) {
    if probe.socket >= 0 { System.close(probe.socket) }
    deadlines.remove(probe.slot)
    slots.remove(probe)
    probe.target.running = nil
    counters.running -= 1
  }
}
