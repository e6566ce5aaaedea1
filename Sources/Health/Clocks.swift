/// One time by both clocks, to turn times of one into those of the other.
public struct Clocks: Sendable {
  public var moment: Moment
  public var wall: WallTime

  public init(_ moment: Moment, _ wall: WallTime) {
    self.moment = moment
    self.wall = wall
  }

  func wallTime(of moment: Moment) -> WallTime { wall + (moment - self.moment) }

  func moment(of time: WallTime) -> Moment { moment + (time - wall) }
}
