import Testing

@testable import Control

struct ReloadRequestsTests {
  private enum Step {
    case request, end
  }

  /// What each step answered to "start a reload now?".
  private static func answers(_ steps: [Step]) -> [Bool] {
    var requests = ReloadRequests()
    return steps.map { step in
      switch step {
      case .request: requests.request()
      case .end: requests.end()
      }
    }
  }

  @Test func oneAtATime() {
    #expect(Self.answers([.request, .end, .request, .end]) == [true, false, true, false])
  }

  @Test func requestsDuringAReloadBecomeOne() {
    #expect(
      Self.answers([.request, .request, .request, .request, .end, .end, .request])
        == [true, false, false, false, true, false, true])
  }

  @Test func requestDuringTheSecondReload() {
    #expect(
      Self.answers([.request, .request, .end, .request, .end, .end]) == [
        true, false, true, false, true, false,
      ])
  }
}
