import Health
import Steering

/// Sends a request and judges its response (RFC 9112). The status line decides, unless the content has to have
/// something in it; the fields are read for what they say of load and of where the content ends. Redirects are
/// results like any other.
struct HTTPExchange: Exchange {
  /// The longest line of status or field, and the longest section of them, responses before the final one
  /// (RFC 9110 §15.2) included.
  static let lineLimit = 8_192
  static let headLimit = 65_536
  /// How much of the content is read.
  static let bodyLimit = 65_536

  private enum Part {
    case status, fields, content
  }

  private let request: [UInt8]
  private let expectation: HTTPExpectation
  /// Whether responses to the method have no content.
  private let isHead: Bool
  private var part = Part.status
  private var line: [UInt8] = []
  private var headCount = 0
  /// Of the status line; 0: it has not been seen.
  private var code = 0
  private var report = LoadReport()
  private var length: Int?
  private var isChunked = false
  private var content = ContentDecoder(.close)
  private var contentCount = 0
  private var search: SubstringSearch?

  init(request: [UInt8], expectation: HTTPExpectation, isHead: Bool) {
    self.request = request
    self.expectation = expectation
    self.isHead = isHead
    search = expectation.body
  }

  func open() -> ExchangeStep { .send(request) }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    var index = 0
    while index < octets.count {
      if part == .content { return receiveContent(octets, from: index) }
      let octet = octets[index]
      index += 1
      headCount += 1
      guard octet == 0x0a else {
        guard line.count < Self.lineLimit, headCount < Self.headLimit else {
          return .finish(decided ?? .failure(.malformed, "the head of the response is too long"))
        }
        line.append(octet)
        continue
      }
      if line.last == 0x0d { line.removeLast() }
      if let result = part == .status ? takeStatus() : takeField() { return .finish(result) }
      line.removeAll(keepingCapacity: true)
    }
    return .wait
  }

  mutating func end() -> ProbeResult {
    if let decided { return decided }
    switch part {
    case .status where headCount == 0: return .failure(.closed, "closed without a response")
    case .status, .fields: return .failure(.closed, "closed before the response's head ended")
    case .content where length != nil || isChunked:
      return .failure(.closed, "closed after \(contentCount) octets of the response's content")
    case .content: return missing
    }
  }

  var decided: ProbeResult? {
    guard code != 0, search == nil else { return nil }
    var result = ProbeResult.success("\(code)")
    result.report = report
    return result
  }

  var awaited: String { headCount == 0 ? "the response" : "the rest of the response" }

  // MARK: Head

  /// The line is `HTTP/1.1 200 OK`.
  private mutating func takeStatus() -> ProbeResult? {
    let digits = line.dropFirst(9).prefix(3)
    let isStatus =
      line.starts(with: "HTTP/1.".utf8) && line.count >= 12 && line[8] == 0x20
      && digits.allSatisfy { $0 &- 0x30 < 10 } && (line.count == 12 || line[12] == 0x20)
    guard isStatus else {
      return .failure(.malformed, "\"\(String(shown: line))\" is not a status line of HTTP/1")
    }
    let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    part = .fields
    guard !expectation.holds(status) else {
      code = status
      return nil
    }
    // Others follow, up to the final one; 101 is final, for the protocol changes after it.
    guard (100...199).contains(status), status != 101 else {
      return .failure(.code, "\(status) in place of \(expectation.codesText)")
    }
    return nil
  }

  /// The line is a field, or the empty one after them.
  private mutating func takeField() -> ProbeResult? {
    guard !line.isEmpty else { return endHead() }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = line[(colon + 1)...]
    if isField(LoadMetrics.fieldName, endingAt: colon) {
      LoadMetrics.read(value, into: &report)
    } else if search != nil, isField(Self.transferEncoding, endingAt: colon) {
      isChunked = Self.word(value.split(separator: UInt8(ascii: ",")).last ?? []) == "chunked"
    } else if search != nil, isField(Self.contentLength, endingAt: colon) {
      guard let number = Int(Self.word(value)), number >= 0 else {
        return .failure(.malformed, "\"\(String(shown: line))\" is not a length")
      }
      length = number
    }
    return nil
  }

  private static let transferEncoding = Array("transfer-encoding".utf8)
  private static let contentLength = Array("content-length".utf8)

  /// Whether the line begins with that name, which is in lower case.
  private func isField(_ name: [UInt8], endingAt colon: Int) -> Bool {
    guard name.count == colon else { return false }
    return zip(name, line).allSatisfy { $0 == $1 || ($1 &- 0x41 < 26 && $0 == $1 | 0x20) }
  }

  private static func word(_ octets: ArraySlice<UInt8>) -> String {
    String(decoding: octets.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased()
  }

  private mutating func endHead() -> ProbeResult? {
    if code == 0 {
      part = .status
      return nil
    }
    if let decided { return decided }
    // RFC 9112 §6.3
    let hasNone = isHead || code < 200 || code == 204 || code == 304
    content = ContentDecoder(
      hasNone ? .length(0) : isChunked ? .chunked : length.map { .length($0) } ?? .close)
    part = .content
    return content.isAtEnd ? missing : nil
  }

  // MARK: Content

  private mutating func receiveContent(_ octets: Span<UInt8>, from start: Int) -> ExchangeStep {
    guard var search else { return .finish(missing) }
    for index in start..<octets.count {
      do throws(ContentDecoder.Malformed) {
        if try content.take(octets[index]) {
          contentCount += 1
          search.take(octets[index])
        }
      } catch {
        return .finish(.failure(.malformed, "the response's content is not made of chunks as it says"))
      }
      if search.isFound { return .finish(found) }
      if content.isAtEnd || contentCount == Self.bodyLimit { return .finish(missing) }
    }
    self.search = search
    return .wait
  }

  private var found: ProbeResult {
    var result = ProbeResult.success("\(code), found what was expected")
    result.report = report
    return result
  }

  private var missing: ProbeResult {
    let pattern = expectation.body?.pattern ?? []
    var result = ProbeResult.failure(
      .content, "body=\(String(shown: pattern)) is not in the \(contentCount) octets of the content")
    result.report = report
    return result
  }
}
