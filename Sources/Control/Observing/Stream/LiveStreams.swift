import Synchronization
internal import Web

/// The pages that somebody looks at. They cost nothing while there are none.
final class LiveStreams: Sendable {
  private struct State {
    var streams: [LiveStream] = []
    /// Whether the next update is coming.
    var isTicking = false
  }

  private static let interval = Duration.seconds(1)

  private let state = Mutex(State())
  private let recent: RecentEvents
  /// Has a piece of work done on an observation, on a thread where it may take its time.
  private let observe: @Sendable (@escaping @Sendable (Observation) -> Void) -> Void

  init(
    _ recent: RecentEvents,
    observe: @escaping @Sendable (@escaping @Sendable (Observation) -> Void) -> Void
  ) {
    self.recent = recent
    self.observe = observe
  }

  func add(_ stream: WebStream, _ selection: PoolSelection) {
    let isFirst = state.withLock { state in
      state.streams.append(LiveStream(stream, selection))
      defer { state.isTicking = true }
      return !state.isTicking
    }
    if isFirst { update() }
  }

  /// Updates all pages, and again after a second while there are any.
  private func update() {
    observe { [self] observation in
      let news = LiveUpdate(observation, recent)
      var streams = state.withLock { state in
        state.streams.removeAll(where: \.stream.hasEnded)
        return state.streams
      }
      for index in streams.indices { streams[index].update(news) }
      let goesOn = state.withLock { state in
        // Others may have come meanwhile.
        state.streams = streams + state.streams.dropFirst(streams.count)
        state.isTicking = !state.streams.isEmpty
        return state.isTicking
      }
      guard goesOn else { return }
      Task {
        try? await Task.sleep(for: Self.interval)
        update()
      }
    }
  }
}
