extension Duration {
  /// In milliseconds, rounded down, as the log shows times: `3ms`.
  var milliseconds: String {
    "\(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)ms"
  }
}
