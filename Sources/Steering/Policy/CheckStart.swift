/// What `start=` says of members before their first result.
enum CheckStart: String, CaseIterable {
  case up, down
}
