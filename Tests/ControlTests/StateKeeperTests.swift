import Logging
import TestSupport
import Testing

@testable import Control

struct StateKeeperTests {
  private let folder = TemporaryFolder()
  private let keeper: StateKeeper

  init() {
    keeper = StateKeeper(
      path: "\(folder.path)/state", HealthMonitor(isolation: nil) {},
      Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test func writesNothingWhilePaused() async {
    await keeper.pause()
    #expect(await keeper.save())
    #expect(folder.read("state") == nil)
    await keeper.resume()
    #expect(await keeper.save())
    #expect(folder.read("state") != nil)
  }

  @Test func writesAfterThePauseWhatWasToBeWrittenMeanwhile() async throws {
    await keeper.pause()
    _ = await keeper.save()
    await keeper.resume()
    let deadline = ContinuousClock.now + .seconds(60)
    while folder.read("state") == nil, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(folder.read("state") != nil)
  }
}
