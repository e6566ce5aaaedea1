internal import Page
internal import Web

/// Tells those who watch the server over HTTP. All that takes time is done on a thread of its own, from what the control
/// loop hands out at once.
final class Observatory: Sendable {
  private let events: AsyncStream<ControlEvent>.Continuation
  private let recent: RecentEvents
  private let thread: SerialThread
  private let streams: LiveStreams

  init(_ events: AsyncStream<ControlEvent>.Continuation, _ recent: RecentEvents) throws(SystemError) {
    let thread = try SerialThread()
    self.events = events
    self.recent = recent
    self.thread = thread
    streams = LiveStreams(recent) { work in
      events.yield(.observe { observation in thread.run { work(observation) } })
    }
  }

  typealias Reply = @Sendable (WebReply) -> Void

  func respond(to request: WebRequest, _ reply: @escaping Reply) {
    let recent = recent
    switch request.path {
    case "/healthz": reply(.response(.text(200, "ok")))
    case "/readyz": observe(reply) { $0.readiness }
    case "/metrics":
      observe(reply) { observation in
        WebResponse(MetricsText.contentType, Array(observation.metrics(recent).utf8))
      }
    case let path where path.hasPrefix(APIRequest.prefix):
      respond(to: request, verb: String(path.dropFirst(APIRequest.prefix.count)), reply)
    case let path:
      guard let file = Page.files[path] else {
        return reply(
          .response(.text(404, "there is nothing here; see /, /metrics and \(APIRequest.prefix)server")))
      }
      reply(.response(.file(file)))
    }
  }

  private func respond(to request: WebRequest, verb: String, _ reply: @escaping Reply) {
    let verbs = APIRequest.known.map(\.key)
    guard verbs.contains(verb) else {
      let paths = verbs.map { APIRequest.prefix + $0 }.joined(separator: ", ")
      return reply(.response(.json(404, .mistake("there is nothing here; there is \(paths)"))))
    }
    let (recent, streams) = (recent, streams)
    do throws(APIRequest.Mistake) {
      let request = try APIRequest(verb, request)
      if case .stream(let selection) = request {
        return reply(.stream { stream in streams.add(stream, selection) })
      }
      observe(reply) { observation in
        do throws(PoolFailure) {
          return .json(200, try observation.json(request, recent))
        } catch {
          return .json(404, .mistake(error.lines.joined(separator: "; ")))
        }
      }
    } catch {
      reply(.response(.json(400, .mistake(error.message))))
    }
  }

  /// Responds from a view of the server.
  private func observe(_ reply: @escaping Reply, _ respond: @escaping @Sendable (Observation) -> WebResponse)
  {
    let thread = thread
    events.yield(.observe { observation in thread.run { reply(.response(respond(observation))) } })
  }

}

extension WebResponse {
  /// Nothing is loaded from elsewhere, and the page is shown in no other.
  fileprivate static func file(_ file: Page) -> WebResponse {
    var response = WebResponse(file.contentType, file.content)
    let policy = [
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src data:",
      "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ]
    response.fields.append(("Content-Security-Policy", policy.joined(separator: "; ")))
    return response
  }

  fileprivate static func json(_ status: Int, _ json: JSON) -> WebResponse {
    WebResponse("application/json", Array((json.text + "\n").utf8), status: status)
  }
}

extension JSON {
  fileprivate static func mistake(_ message: String) -> JSON {
    .object([("error", .string(LogLine.escaped(message)))])
  }
}

extension Observation {
  fileprivate var readiness: WebResponse {
    if isReady { return .text(200, "ready") }
    guard answering != nil else { return .text(503, "not ready: zones are being read for the first time") }
    let count = view.monitor.awaitedCount
    return .text(503, "not ready: members that are yet to be checked for the first time: \(count)")
  }
}
