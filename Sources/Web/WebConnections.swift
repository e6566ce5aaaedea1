import NIOCore

/// The connections that there are; used on the server's one thread only.
final class WebConnections: @unchecked Sendable {
  let limits: WebLimits
  /// The longest idle first.
  private var connections: [WebConnection] = []

  init(_ limits: WebLimits) { self.limits = limits }

  /// Takes a connection on, and has the longest idle one give way if there are too many.
  ///
  /// - Returns: false: all others are busy.
  func add(_ connection: WebConnection) -> Bool {
    if connections.count >= limits.connections {
      guard let idle = connections.first(where: \.isIdle) else { return false }
      remove(idle)
      idle.close()
    }
    connections.append(connection)
    return true
  }

  /// Notes that a connection has been busy.
  func refresh(_ connection: WebConnection) {
    guard let index = connections.firstIndex(where: { $0 === connection }) else { return }
    connections.append(connections.remove(at: index))
  }

  func remove(_ connection: WebConnection) {
    connections.removeAll { $0 === connection }
  }

  var hasRoomForStream: Bool { connections.count(where: \.isStreaming) < limits.streams }
}
