/// What policies can name: the checks and locations of a zone, and of the server's configuration.
struct PolicyNames {
  /// Nil: its kind is not known, as its record is wrong.
  var checks: [String: CheckDefinition.Kind?] = [:]
  /// Nil: where it is is not known, as the configuration defines it or its record is wrong.
  var locations: [String: LocationDefinition?] = [:]

  /// The check that was probably meant.
  func check(near name: String) -> String? { Self.closest(to: name, in: checks.keys) }

  /// The location that was probably meant.
  func location(near name: String) -> String? { Self.closest(to: name, in: locations.keys) }

  private static func closest(to name: String, in names: some Collection<String>) -> String? {
    // Among very many, some name is near to any, and looking for it would take long.
    names.count <= 1000 ? ClosestWord.to(name, in: names) : nil
  }
}
