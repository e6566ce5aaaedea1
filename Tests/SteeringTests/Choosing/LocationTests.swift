import Testing

@testable import Steering

/// `nearest` and `fence`, for clients of which the nearest locations are given.
@Suite struct LocationTests {
  /// Two in Frankfurt, two in New York, one in Singapore, one anywhere.
  private static let pool: [Member] = zip(
    members([1, 1, 1, 1, 1, 1]), ["fra", "fra", "nyc", "nyc", "sin", nil]
  ).map {
    var member = $0
    member.location = $1
    return member
  }

  private static let europe = ["fra", "nyc", "sin"]
  private static let asia = ["sin", "fra", "nyc"]

  private func choice(
    _ stages: [Stage], _ client: ClientClass, _ inputs: [MemberInput] = [], _ pool: [Member] = pool,
    _ fail: Policy.FailMode = .open
  ) -> Choice {
    let choice = chooser(stages + [.weighted], pool) { $0.fail = fail }.choose(inputs, client: client)
    #expect(choice.contradictions == [])
    return choice
  }

  @Test(
    arguments: [
      (1, europe, [0, 1]), (2, europe, [0, 1, 2, 3]), (3, europe, [0, 1, 2, 3, 4]),
      (4, europe, [0, 1, 2, 3, 4, 5]),
      (1000, europe, [0, 1, 2, 3, 4, 5]), (1, asia, [4]), (2, asia, [0, 1, 4]),
      // A location whose distance is not known, or none, is the farthest: all such together are one.
      (1, ["nyc"], [2, 3]), (2, ["nyc"], [0, 1, 2, 3, 4, 5]), (1, ["lab"], [0, 1, 2, 3, 4, 5]),
      // Nothing is known of the client.
      (1, [], [0, 1, 2, 3, 4, 5]),
      // A location named twice counts where it comes first.
      (1, ["sin", "fra", "sin"], [4]),
    ] as [(Int, [String], [Int])])
  func nearestKeeps(_ count: Int, _ nearest: [String], _ answered: [Int]) {
    #expect(choice([.nearest(count: count)], ClientClass(nearest: nearest)).answered == answered)
  }

  /// When the nearest location is gone, its clients go to the next by their own distance, not all to one.
  @Test func spillIsByTheClientsOwnDistance() {
    let clients = [["fra", "nyc", "sin"], ["fra", "sin", "nyc"]]
    let frankfurtIsDown = [input(.down), input(.down)]
    let frankfurtSheds = [input(load: 0.95), input(load: 1)]
    let frankfurtIsDrained = [input(factor: 0), input(factor: 0)]
    for (nearest, next) in zip(clients, [[2, 3], [4]]) {
      let client = ClientClass(nearest: nearest)
      #expect(choice([.up, .nearest(count: 1)], client).answered == [0, 1])
      #expect(choice([.up, .nearest(count: 1)], client, [input(.down)]).answered == [1])
      #expect(choice([.up, .nearest(count: 1)], client, frankfurtIsDown).answered == next)
      #expect(choice([.nearest(count: 1), .up], client, frankfurtIsDown).answered == next)
      #expect(choice([.nearest(count: 1)], client, frankfurtIsDrained).answered == next)
      #expect(
        choice([.shed(low: 0.7, high: 0.9), .nearest(count: 1)], client, frankfurtSheds).answered == next)
    }
  }

  @Test func whyMembersAreTooFar() {
    let near = choice(
      [.nearest(count: 1)], ClientClass(nearest: ["sin", "fra"]), [input(.down), input(.down)])
    #expect(
      near.candidates.map(\.fate) == [
        .dropped(step: 0, .down), .dropped(step: 0, .down), .dropped(step: 0, .tooFar(rank: nil)),
        .dropped(step: 0, .tooFar(rank: nil)), .kept, .dropped(step: 0, .tooFar(rank: nil)),
      ])
    var drained = Self.pool
    (drained[4].weight, drained[0].weight) = (0, 0)
    let weightless = choice([.nearest(count: 1)], ClientClass(nearest: ["sin", "fra", "nyc"]), [], drained)
    #expect(weightless.candidates[4].fate == .dropped(step: 0, .noWeight))
    #expect(weightless.candidates[2].fate == .dropped(step: 0, .tooFar(rank: 3)))
    // The location stays for the member with weight; the one without goes in the end.
    #expect(weightless.candidates[0].fate == .dropped(step: 1, .noWeight))
    #expect(weightless.answered == [1])
  }

  /// Where nothing lives, `fail` decides, whether or not the client is known.
  @Test(arguments: [ClientClass.unknown, ClientClass(nearest: europe)])
  func nobodyLives(_ client: ClientClass) {
    let down = Self.pool.map { _ in input(.down) }
    #expect(choice([.nearest(count: 1)], client, down, Self.pool, .closed).schedule.turns.isEmpty)
    let open = choice([.nearest(count: 1)], client, down)
    #expect(open.answered == [0, 1, 2, 3, 4, 5])
    #expect(open.steps[0].fallback == .open)
  }

  @Test(
    arguments: [
      ("fra", [0, 1], nil), ("sin", [4], nil), ("lab", [0, 1, 2, 3, 4, 5], .open),
      (nil, [0, 1, 2, 3, 4, 5], .open),
    ] as [(String?, [Int], Policy.FailMode?)])
  func fenceKeeps(_ owner: String?, _ answered: [Int], _ fallback: Policy.FailMode?) {
    let client = ClientClass(nearest: Self.europe, owner: owner)
    let open = choice([.fence], client)
    #expect(open.answered == answered)
    #expect(open.steps[0].fallback == fallback)
    let closed = choice([.fence], client, [], Self.pool, .closed)
    #expect(closed.schedule.turns.isEmpty == (fallback != nil))
    for index in Self.pool.indices where fallback == nil && !answered.contains(index) {
      #expect(closed.candidates[index].fate == .dropped(step: 0, .outsideFence))
    }
  }

  /// Inside a fence, health still decides.
  @Test func fenceAndHealth() {
    let client = ClientClass(owner: "fra")
    #expect(choice([.up, .fence], client, [input(.down)]).answered == [1])
    let gone = choice([.fence, .up], client, [input(.down), input(.down)])
    // `up` was given Frankfurt's, and falls back to them.
    #expect(gone.answered == [0, 1])
    #expect(gone.steps.map(\.fallback) == [nil, .open, nil])
  }
}
