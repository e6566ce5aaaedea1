internal import Health
internal import Logging
internal import Transport

extension ControlLoop {
  // MARK: Taking over

  /// Takes in what the process that is taken over from knows of members, if there is one.
  mutating func takeState() async throws(StartFailure) {
    guard let takeover else { return }
    let logger = logger
    let result = await BackgroundThread.run { () -> Result<SavedState?, Takeover.Failure> in
      Result { () throws(Takeover.Failure) in try takeover.state(logger) }
    }
    do throws(Takeover.Failure) {
      // Where it has told nothing, it has perhaps written something.
      guard let state = try result.get() ?? stateKeeper?.read() else { return }
      monitor.restore(state.overrides)
      keeper.remember(state.targets)
    } catch {
      throw StartFailure(error.description)
    }
  }

  /// Has that process leave, as queries are answered here.
  mutating func finishTakeover() async throws(StartFailure) {
    guard let takeover else { return }
    self.takeover = nil
    // First, as a manager stops a service whose main process ends.
    manager.tell(.mainProcess)
    let (doors, logger) = (doors, logger)
    let result = await BackgroundThread.run { () -> Result<Void, Takeover.Failure> in
      Result { () throws(Takeover.Failure) in try takeover.finish(keeping: doors.passed, logger) }
    }
    do throws(Takeover.Failure) {
      try result.get()
    } catch {
      // What was taken from the sockets is answered.
      if let dataPlane = running?.dataPlane { await BackgroundThread.run { dataPlane.stop() } }
      throw StartFailure(error.description)
    }
    await BackgroundThread.run { doors.takeOver() }
    _ = await stateKeeper?.save()
    logger.notice("taken over", metadata: ["process": "\(takeover.process)"])
  }

  // MARK: Handing over

  mutating func take(_ event: HandoverEvent) async {
    switch event {
    case .prepared(let reply):
      isHandingOver = true
      _ = await stateKeeper?.save()
      await stateKeeper?.pause()
      // Before the first zones are served, the file knows more.
      reply(running == nil ? nil : monitor.saved(by: .now))
    case .cancelled:
      isHandingOver = false
      manager.tell(.mainProcess)
      await stateKeeper?.resume()
    case .done: break
    }
  }

  /// Ends what is left, as another process answers queries.
  func leave() async {
    logger.notice("leaving")
    await end { $0.leave() }
  }
}
