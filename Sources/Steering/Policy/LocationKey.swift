/// The keys of TXT records at `_at`.
enum LocationKey: String, CaseIterable {
  case country, continent
}
