import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server of HTTP/1.1 that can only be read from. It has one thread for all of its connections, and knows nothing of
/// what it serves. No client holds up another, or makes the server grow.
public final class WebServer: Sendable {
  /// Takes a request, and then a reply once, from whichever thread. Called on the server's thread: must not wait.
  public typealias Handler =
    @Sendable (_ request: WebRequest, _ reply: @escaping @Sendable (WebReply) -> Void) -> Void

  /// Why it cannot listen.
  public struct ListenError: Error, CustomStringConvertible {
    public let description: String
  }

  /// Where it listens, with the ports that were chosen where any would do.
  public let places: [WebPlace]
  private let group: MultiThreadedEventLoopGroup
  private let handler: SharedHandler

  /// What requests are given to; nil: the server is starting.
  private final class SharedHandler: Sendable {
    let value = Mutex<Handler?>(nil)
  }

  /// Begins to listen. Until `serve(by:)` is called, requests are refused for the moment.
  ///
  /// - Parameters:
  ///   - hosts: names that the server goes by, besides its addresses and `localhost`.
  ///   - prepare: called on the server's thread, before anything else is.
  public init(
    _ places: [WebPlace], limits: WebLimits = WebLimits(), hosts: [String] = [],
    prepare: @escaping @Sendable () -> Void = {}
  ) throws(ListenError) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let handler = SharedHandler()
    let connections = WebConnections(limits)
    let names = WebHosts(hosts)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try Self.prepare(
            channel, limits, WebConnection(connections, hosts: names) { handler.value.withLock { $0 } })
        }
      }
    group.next().execute(prepare)
    var bound: [WebPlace] = []
    for place in places {
      do {
        let channel = try bootstrap.bind(host: place.address, port: Int(place.port)).wait()
        bound.append(
          WebPlace(
            address: place.address, port: UInt16(clamping: channel.localAddress?.port ?? Int(place.port))))
      } catch {
        group.shutdownGracefully { _ in }
        throw ListenError(description: "cannot listen on \(place) for HTTP: \(Self.reason(of: error))")
      }
    }
    self.places = bound
    self.group = group
    self.handler = handler
  }

  public func serve(by handler: @escaping Handler) { self.handler.value.withLock { $0 = handler } }

  /// Closes all connections, and returns when nobody listens any more; responses that are on their way are cut short.
  public func stop() { try? group.syncShutdownGracefully() }

  private static func prepare(
    _ channel: any Channel, _ limits: WebLimits, _ connection: WebConnection
  ) throws {
    var headers = NIOHTTPDecoderLimitConfiguration()
    headers.maxHeaderFieldSize = limits.headerLength
    headers.maxHeaderListSize = limits.headerLength
    headers.maxHeaderFieldCount = limits.headerFields
    let pipeline = channel.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(
      withErrorHandling: false, withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
      withDecoderLimitConfiguration: headers)
    try pipeline.addHandler(connection)
  }

  private static func reason(of error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return error.localizedDescription
  }
}
