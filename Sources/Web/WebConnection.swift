import NIOCore
import NIOHTTP1

/// A client's connection: its requests come in, one at a time, and each has its response (RFC 9112).
final class WebConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// A request is awaited, or has come in part.
    case idle
    /// A request is being worked on, or its response is on its way.
    case busy
    case streaming
    /// Nothing more is taken in.
    case closing
  }

  private let connections: WebConnections
  private let hosts: WebHosts
  private let handler: @Sendable () -> WebServer.Handler?
  private var state = State.idle
  private var head: HTTPRequestHead?
  private var deadline: Scheduled<Void>?
  private var channel: (any Channel)?

  init(
    _ connections: WebConnections, hosts: WebHosts, handler: @escaping @Sendable () -> WebServer.Handler?
  ) {
    self.connections = connections
    self.hosts = hosts
    self.handler = handler
  }

  var isIdle: Bool { state == .idle }
  var isStreaming: Bool { state == .streaming }

  func close() {
    state = .closing
    deadline?.cancel()
    channel?.close(promise: nil)
  }

  // MARK: What happens

  func channelActive(context: ChannelHandlerContext) {
    channel = context.channel
    guard connections.add(self) else {
      return refuse(.text(503, "too many connections; try again later"), context)
    }
    limit(connections.limits.requestPatience, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    state = .closing
    deadline?.cancel()
    connections.remove(self)
    channel = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard state == .idle else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      if Self.hasBody(head) { refuse(.text(413, "no request has a body here"), context) }
    case .body: refuse(.text(413, "no request has a body here"), context)
    case .end: begin(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard state == .idle, error is HTTPParserError else { return close() }
    refuse(.text(400, "the request is not one of HTTP, or too long"), context)
  }

  /// Lets the connection go unless it has come further within a time.
  private func limit(_ patience: Duration, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    deadline = context.eventLoop.scheduleTask(in: TimeAmount(patience)) { connection.value.close() }
  }

  // MARK: Requests

  private static func hasBody(_ head: HTTPRequestHead) -> Bool {
    head.headers.contains(name: "transfer-encoding")
      || head.headers["content-length"].contains { $0 != "0" }
  }

  // What follows such a request is taken for another protocol (RFC 9110 §7.8, §9.3.6), and not read.
  private static func wantsOtherProtocol(_ head: HTTPRequestHead) -> Bool {
    head.method == .CONNECT || head.headers.contains(name: "upgrade")
  }

  private func begin(_ context: ChannelHandlerContext) {
    guard let head else { return close() }
    state = .busy
    deadline?.cancel()
    let connection = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    // Never right away, as the next request may come in from within a response: many at once would go deep.
    let reply: @Sendable (WebReply) -> Void = { reply in
      loop.execute {
        let (connection, context) = connection.value
        connection.take(reply, context)
      }
    }
    switch read(head) {
    case .failure(let refusal): reply(.response(refusal.response))
    case .success(let request):
      guard let handler = handler() else {
        return reply(.response(.text(503, "the server is starting; try again later")))
      }
      handler(request, reply)
    }
  }

  private struct Refusal: Error {
    var response: WebResponse

    init(_ status: Int, _ line: String) { response = .text(status, line) }
  }

  private func read(_ head: HTTPRequestHead) -> Result<WebRequest, Refusal> {
    guard head.version.major == 1 else { return .failure(Refusal(505, "HTTP/1.1 is spoken here")) }
    guard head.method == .GET || head.method == .HEAD else {
      var refusal = Refusal(405, "nothing can be changed here: GET and HEAD are taken")
      refusal.response.fields.append(("Allow", "GET, HEAD"))
      return .failure(refusal)
    }
    guard let (request, authority) = WebRequest.read(target: head.uri) else {
      return .failure(Refusal(400, "the request's target is not a path with parameters"))
    }
    let named = head.headers["host"]
    // Only HTTP/1.0 does without, which no browser speaks any more.
    guard named.count == 1 || named.isEmpty && head.version.minor == 0 else {
      return .failure(Refusal(400, "one Host field is needed"))
    }
    guard let host = authority ?? named.first.map({ $0[...] }), !hosts.accepts(host) else {
      return .success(request)
    }
    return .failure(
      Refusal(
        421,
        "this server is not called that; ask by address, or name it in 'hosts' of 'http' in its configuration"
      ))
  }

  private func take(_ reply: WebReply, _ context: ChannelHandlerContext) {
    guard state == .busy else { return }
    switch reply {
    case .response(let response): respond(response, context)
    case .stream(let begin):
      guard connections.hasRoomForStream else {
        return respond(.text(503, "too many streams; close a page"), context)
      }
      state = .streaming
      let fields = [("Content-Type", "text/event-stream"), ("Connection", "close")]
      write(200, fields, nil, context)
      context.flush()
      guard head?.method == .GET else { return close() }
      begin(WebStream(context.channel, patience: connections.limits.responsePatience))
    }
  }

  // MARK: Responses

  private func refuse(_ response: WebResponse, _ context: ChannelHandlerContext) {
    head = nil
    state = .busy
    respond(response, context)
  }

  /// Sends a response, and awaits the next request unless either side wants no more.
  private func respond(_ response: WebResponse, _ context: ChannelHandlerContext) {
    limit(connections.limits.responsePatience, context)
    let isLast = head.map { !$0.isKeepAlive || Self.wantsOtherProtocol($0) } ?? true
    var fields = [("Content-Type", response.contentType), ("Content-Length", "\(response.body.count)")]
    if isLast { fields.append(("Connection", "close")) }
    let hasBody = head?.method != .HEAD && !response.body.isEmpty
    let sent = context.eventLoop.makePromise(of: Void.self)
    write(response.status, fields + response.fields, hasBody ? response.body : nil, context, sent)
    context.flush()
    head = nil
    let connection = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    // Only when it has been taken can the next request come in, so that responses do not pile up.
    sent.futureResult.whenComplete { result in
      let (connection, context) = connection.value
      guard case .success = result, !isLast, connection.state == .busy else { return connection.close() }
      connection.awaitRequest(context)
    }
  }

  private func awaitRequest(_ context: ChannelHandlerContext) {
    connections.refresh(self)
    limit(connections.limits.requestPatience, context)
    state = .idle
    // The next request may be there already, and come in from within this.
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private func write(
    _ status: Int, _ fields: [(String, String)], _ body: [UInt8]?, _ context: ChannelHandlerContext,
    _ sent: EventLoopPromise<Void>? = nil
  ) {
    var headers = HTTPHeaders(fields)
    for (name, value) in Self.caution where !headers.contains(name: name) {
      headers.add(name: name, value: value)
    }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: body == nil ? sent : nil)
    if let body {
      let buffer = context.channel.allocator.buffer(bytes: body)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: sent)
    }
  }

  /// No browser is to keep anything of it, take it for another thing than it is, or show it inside another page.
  private static let caution = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]
}

extension HTTPHeaders {
  fileprivate init(_ fields: [(String, String)]) {
    self.init()
    for (name, value) in fields { add(name: name, value: value) }
  }
}
