import NIOCore
import NIOHTTP1
import Synchronization

/// A stream of events that goes to one client (server-sent events, as the HTML standard has them).
public final class WebStream: Sendable {
  private struct State {
    /// When the event was sent that is still on its way; nil: none is.
    var sent: ContinuousClock.Instant?
    var hasEnded = false
  }

  private let channel: any Channel
  private let patience: Duration
  private let state = Mutex(State())

  init(_ channel: any Channel, patience: Duration) {
    self.channel = channel
    self.patience = patience
    channel.closeFuture.whenComplete { [self] _ in state.withLock { $0.hasEnded = true } }
  }

  /// Whether the client has gone, or was too slow.
  public var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Whether the client has taken all that was sent. One that does not for too long is let go.
  public var isReady: Bool {
    let (isReady, isTooSlow) = state.withLock { state in
      let isTooSlow = state.sent.map { $0 + patience < .now } ?? false
      return (state.sent == nil && !state.hasEnded, isTooSlow)
    }
    if isTooSlow { end() }
    return isReady
  }

  /// Sends an event.
  ///
  /// - Parameters:
  ///   - name: a word that tells events apart.
  ///   - data: one line.
  public func send(_ name: String, _ data: String) {
    state.withLock { $0.sent = $0.sent ?? .now }
    let buffer = channel.allocator.buffer(string: "event: \(name)\ndata: \(data)\n\n")
    let part = HTTPServerResponsePart.body(.byteBuffer(buffer))
    channel.writeAndFlush(part).whenComplete { [self] _ in state.withLock { $0.sent = nil } }
  }

  public func end() {
    state.withLock { $0.hasEnded = true }
    channel.close(promise: nil)
  }
}
