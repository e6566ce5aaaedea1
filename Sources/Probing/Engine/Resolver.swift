import DNSWire
import Health
import Synchronization
import Transport

/// Looks names up as the system does, without keeping anybody waiting: that may take long, so it is done by threads,
/// which are there only while there is something to look up.
final class Resolver: Sendable {
  struct Request: Sendable {
    /// Of the probe that wants to know.
    let token: UInt64
    /// As the system takes it.
    let name: String
    /// When nobody wants to know any more.
    let deadline: Moment
  }

  struct Answer: Sendable {
    let token: UInt64
    let addresses: Result<[IPAddress], ResolutionFailure>
  }

  private struct State {
    var requests: [Request] = []
    var threads = 0
  }

  /// Names that are looked up at a time. Those of servers that do not reply keep a thread for many seconds.
  private static let mostThreads = 16

  private let state = Mutex(State())
  private let deliver: @Sendable (Answer) -> Void

  /// - Parameter deliver: is called on other threads.
  init(deliver: @escaping @Sendable (Answer) -> Void) {
    self.deliver = deliver
  }

  func resolve(_ request: Request) {
    let needsThread = state.withLock { state in
      state.requests.append(request)
      guard state.threads < Self.mostThreads else { return false }
      state.threads += 1
      return true
    }
    guard needsThread else { return }
    do throws(Errno) {
      try WorkerThread(name: "resolver", core: nil) { self.work() }.detach()
    } catch {
      state.withLock { state in
        state.threads -= 1
        state.requests.removeAll { $0.token == request.token }
      }
      deliver(Answer(token: request.token, addresses: .failure(ResolutionFailure("no thread: \(error)"))))
    }
  }

  private func work() {
    System.takeNamesAsTheyAre()
    while let request = next() {
      guard request.deadline > .now else { continue }
      let addresses = Result { () throws(ResolutionFailure) in try System.addresses(of: request.name) }
      deliver(Answer(token: request.token, addresses: addresses))
    }
  }

  private func next() -> Request? {
    state.withLock { state in
      guard !state.requests.isEmpty else {
        state.threads -= 1
        return nil
      }
      return state.requests.removeFirst()
    }
  }
}

/// Why a name has no address. The text is fit to be shown.
struct ResolutionFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
