import Testing

@testable import Steering

@Test(arguments: [Stage.up, .tier, .nearest(count: 1), .fence, .fastest, .shed(low: 0.5, high: 0.9)])
func narrowingStagesEndNoChain(_ stage: Stage) {
  #expect(!stage.isFinalOrder)
}
