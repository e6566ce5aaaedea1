import Health
import Transport

extension ProbeEngine {
  /// A program that runs, or has been killed and not yet ended.
  struct RunningProgram {
    /// Tells of its end.
    let descriptor: Int32
    /// Nil: nobody wants to know any more.
    var probe: RunningProbe?
  }

  private static let processBit: UInt64 = 1 << 63

  /// The process whose end an event tells of; nil: it tells of something else.
  static func process(of token: UInt64) -> Int32? {
    token & processBit == 0 ? nil : Int32(truncatingIfNeeded: token & 0x7fff_ffff)
  }

  func run(_ program: Program, for probe: RunningProbe) {
    probe.exchange = NoExchange(awaited: "the program")
    let process: Int32
    do throws(Errno) {
      (process, probe.socket) = try System.spawn(program)
    } catch {
      return finish(probe, .failure(.local, "cannot run \(program.arguments.first ?? ""): \(error)"))
    }
    do throws(Errno) {
      let token = Self.processBit | UInt64(process)
      let descriptor = try System.watchProcess(process, in: events, as: token)
      programs[process] = RunningProgram(descriptor: descriptor, probe: probe)
      probe.process = process
      try events.watch(probe.socket, as: slots.token(of: probe))
    } catch {
      if programs[process] == nil {
        System.killGroup(process)
        _ = System.reap(process)
      }
      finish(probe, ProbeResult(isSuccess: false, reason: Reason(error, over: probe.transport)))
    }
  }

  /// Reads what the program of a probe has written. One that writes without end is no longer listened to.
  func readOutput(of probe: RunningProbe) {
    while probe.socket >= 0, probe.output.received < ProgramOutput.limit {
      guard let count = try? System.read(probe.socket, into: &received), count > 0 else { return }
      probe.output.receive(received.span.extracting(0..<count))
    }
    disconnect(probe)
  }

  /// A process has ended.
  func reap(_ process: Int32) {
    guard let program = programs.removeValue(forKey: process) else { return }
    if let probe = program.probe {
      readOutput(of: probe)
      probe.heard = .now
      probe.process = nil
    }
    // What it has left behind goes, too. Its number is its own until it is reaped.
    System.killGroup(process)
    let end = System.reap(process)
    System.close(program.descriptor)
    if let probe = program.probe { finish(probe, probe.output.result(end)) }
  }

  /// Ends the program of a probe whose result is known.
  func kill(_ process: Int32) {
    System.killGroup(process)
    programs[process]?.probe = nil
  }

  /// Ends all programs.
  func endPrograms() {
    for (process, program) in programs {
      System.killGroup(process)
      _ = System.reap(process)
      System.close(program.descriptor)
    }
  }
}
