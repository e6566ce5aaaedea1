/// What a client is told.
public struct WebResponse: Sendable {
  /// A status code (RFC 9110 §15).
  public var status: Int
  public var contentType: String
  public var body: [UInt8]
  /// Further header fields.
  public var fields: [(name: String, value: String)] = []

  /// - Parameter status: a status code (RFC 9110 §15).
  public init(_ contentType: String, _ body: [UInt8], status: Int = 200) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// A line for people.
  public static func text(_ status: Int, _ line: String) -> WebResponse {
    WebResponse("text/plain; charset=utf-8", Array((line + "\n").utf8), status: status)
  }
}

/// What becomes of a request.
public enum WebReply: Sendable {
  case response(WebResponse)
  /// The response goes on until either side ends it.
  ///
  /// - Parameter begin: is given the stream, on the server's thread.
  case stream(begin: @Sendable (WebStream) -> Void)
}
