/// A member as a record of its own names it.
struct MemberLine {
  /// Index of the record.
  var record: Int
  var member: Member
}
