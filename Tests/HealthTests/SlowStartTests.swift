import Steering
import Testing

@testable import Health

/// Shares of members that were down.
struct SlowStartTests {
  private static var slow: CheckDefinition {
    var check = check(rise: 1, fall: 1)
    check.slowStart = .seconds(90)
    return check
  }

  @Test func sharesGrowEvenlyInNineSteps() {
    var patient = Patient(Self.slow)
    #expect(patient.run("+-+") == "udu")
    #expect(patient.input.weightFactor == 0.1)
    var shares: [Double] = []
    for step in 1...9 {
      #expect(patient.table.nextDeadline == .seconds(3 + Double(step) * 10))
      patient.table.advance(to: .seconds(3 + Double(step) * 10 - 0.001))
      let before = patient.input.weightFactor
      _ = patient.table.takeChanges()
      patient.table.advance(to: .seconds(3 + Double(step) * 10))
      #expect(patient.table.takeChanges().targets.map(\.aspects) == [.share])
      #expect(patient.input.weightFactor > before)
      shares.append(patient.input.weightFactor)
    }
    #expect(shares == [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    #expect(patient.table.nextDeadline == nil)
  }

  @Test func onlyAfterDown() {
    var patient = Patient(Self.slow)
    #expect(patient.run("+") == "u")
    #expect(patient.input.weightFactor == 1)
  }

  @Test func anotherFallBeginsItAnew() {
    var patient = Patient(Self.slow)
    _ = patient.run("+-+")
    patient.table.advance(to: .seconds(50))
    #expect(patient.input.weightFactor == 0.5)
    #expect(patient.run("-", from: 51) == "d")
    #expect(patient.table.nextDeadline == nil)
    #expect(patient.run("+", from: 60) == "u")
    #expect(patient.input.weightFactor == 0.1)
    patient.table.advance(to: .seconds(1000))
    #expect(patient.input.weightFactor == 1)
  }

  @Test(arguments: [1, 7, 9, 10, 1_000_003, 86_400_000_000_000] as [Int64])
  func eachStepComesWhenItIsPromised(length: Int64) {
    var slow = SlowStart()
    slow.start(over: length, at: Moment(nanoseconds: 5))
    var steps = 0
    while let next = slow.next {
      let before = slow.share
      slow.advance(to: Moment(nanoseconds: next.nanoseconds - 1))
      #expect(slow.share == before)
      slow.advance(to: next)
      #expect(slow.share > before)
      steps += 1
    }
    #expect(slow.share == 1)
    #expect(steps <= 9)
  }
}
