import DNSWire
import Health
import Steering
import Transport

extension ProbeEngine {
  /// Addresses of a name that are tried.
  private static let mostAddresses = 4

  /// Begins a probe that the schedule has let begin.
  func begin(_ target: ProbedTarget) {
    let probe = RunningProbe(of: target, began: .now, awaiting: "the connection")
    slots.insert(probe)
    target.running = probe
    let deadline = probe.began + target.timeout
    deadlines.set(deadline, of: probe.slot)
    limits.set(deadline + longestExcuse, of: probe.slot)
    counters.started += 1
    counters.running += 1
    if case .program(let program) = target.probe { return run(program, for: probe) }
    switch target.member {
    case .address(let address): connect(probe, to: address)
    case .target(let name):
      probe.exchange = NoExchange(awaited: "resolving \(name)")
      resolver.resolve(
        Resolver.Request(
          token: slots.token(of: probe), name: HTTPRequest.host(of: target.member), deadline: deadline))
    }
  }

  /// A name has been looked up.
  func heed(_ answer: Resolver.Answer) {
    guard let probe = slots.probe(of: answer.token) else { return }
    switch answer.addresses {
    case .failure(let failure):
      finish(probe, .failure(.name, "\(HTTPRequest.host(of: probe.target.member)): \(failure)"))
    case .success(let addresses):
      probe.otherAddresses = addresses.prefix(Self.mostAddresses)
      probe.exchange = NoExchange(awaited: "the connection")
      guard let first = probe.otherAddresses.popFirst() else {
        return finish(probe, .failure(.name, "\(HTTPRequest.host(of: probe.target.member)) has no address"))
      }
      connect(probe, to: first)
    }
  }

  private func connect(_ probe: RunningProbe, to address: IPAddress) {
    probe.address = address
    probe.isConnected = false
    do throws(Errno) {
      probe.socket = try System.open(probe.transport, address.family)
      // The port of an echo request is the identifier, which the system chooses.
      try System.connect(probe.socket, to: Endpoint(address: address, port: probe.target.port))
      try events.watch(probe.socket, as: slots.token(of: probe))
    } catch {
      fail(probe, error)
    }
  }

  func disconnect(_ probe: RunningProbe) {
    if probe.socket >= 0 { System.close(probe.socket) }
    probe.socket = -1
  }

  // MARK: Octets

  func handle(_ event: EventPoll.Event, of probe: RunningProbe) {
    guard probe.transport != .program else { return readOutput(of: probe) }
    if !probe.isConnected {
      // What the failure is, if it is one, must be asked, as an attempt to send may tell another.
      if event.hasFailed, let failure = System.failure(of: probe.socket) { return fail(probe, failure) }
      probe.isConnected = true
      if probe.transport.isStream { probe.heard = .now }
      probe.exchange = probe.target.probe.makeExchange(over: probe.transport, probe.address?.family ?? .v4)
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
        if probe.transport.isStream, count == 0 { return finish(probe, probe.exchange.end()) }
        probe.heard = .now
        let step = probe.exchange.receive(received.span.extracting(0..<count))
        guard heed(step, of: probe) else { return }
        // There is no more, and more will be told of.
        if probe.transport.isStream, count < received.count, !untilEnd { return }
      }
    } catch {
      if !error.isWouldBlock { fail(probe, error) }
    }
  }

  /// - Returns: false: the probe has ended, or begun anew.
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
      guard let address = probe.address else { return false }
      disconnect(probe)
      probe.exchange = NoExchange(awaited: "the connection")
      probe.transport = .stream(sendsFirst: true)
      connect(probe, to: address)
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
    let timeout = DurationUnit.text(of: probe.target.timeout)
    finish(
      probe,
      probe.exchange.decided ?? .failure(.timeout, "\(probe.exchange.awaited) took longer than \(timeout)"))
  }

  private func fail(_ probe: RunningProbe, _ error: Errno) {
    if !probe.isConnected, let next = probe.otherAddresses.popFirst() {
      disconnect(probe)
      return connect(probe, to: next)
    }
    let failure = ProbeResult(isSuccess: false, reason: Reason(error, over: probe.transport))
    finish(probe, probe.exchange.decided ?? failure)
  }

  /// Ends a probe with its result.
  func finish(_ probe: RunningProbe, _ result: ProbeResult) {
    var result = result
    if probe.heard != nil { result.isMute = false }
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
    if let process = probe.process { kill(process) }
    disconnect(probe)
    deadlines.set(nil, of: probe.slot)
    limits.set(nil, of: probe.slot)
    slots.remove(probe)
    probe.target.running = nil
    counters.running -= 1
  }
}
