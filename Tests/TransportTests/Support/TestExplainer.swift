import Glibc
import Synchronization
import Transport

/// Explains when a test lets it: by the query with QR set, so without an error, and some more octets.
final class TestExplainer: Sendable {
  private let turns = Mutex(1_000_000)
  private let seen = Mutex<[ExplanationRequest]>([])
  /// Octets that a response has besides the query's.
  private let filling: Int

  /// - Parameter isHeld: explains nothing before `release` is called.
  init(isHeld: Bool = false, filling: Int = 0) {
    if isHeld { turns.withLock { $0 = 0 } }
    self.filling = filling
  }

  /// Lets so many more explanations be made.
  func release(_ count: Int = 1_000_000) { turns.withLock { $0 += count } }

  /// What was asked, by now.
  var requests: [ExplanationRequest] { seen.withLock { $0 } }

  private func takeTurn() -> Bool {
    turns.withLock { turns in
      guard turns > 0 else { return false }
      turns -= 1
      return true
    }
  }

  func explain(_ request: ExplanationRequest) -> [UInt8] {
    seen.withLock { $0.append(request) }
    // A test that fails before it releases it ends all the same.
    let deadline = seconds() + 60
    while !takeTurn(), seconds() < deadline { usleep(1000) }
    var response = request.message
    response[2] |= 0x80
    return response + [UInt8](repeating: 0, count: filling)
  }
}
