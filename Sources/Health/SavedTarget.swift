internal import Steering

/// What outlives a restart of one target.
public struct SavedTarget: Equatable, Sendable {
  /// All that the check's definition says, as text.
  var check: String
  var subject: Member.Identity
  var measured: MemberInput.State
  var administration: LoadReport.Word
  var since: WallTime
  /// When its last result came.
  var heard: WallTime
  var reason: Reason
  var isSucceeding: Bool
  /// From 1.
  var streak: UInt16
  /// In milliseconds, from 0; nil: not measured.
  var responseTime: Double?
  /// What the member wants of its weight, in percent.
  var weight: Int?
  /// When its slow start began, if it has not ended.
  var slowStart: WallTime?
}
