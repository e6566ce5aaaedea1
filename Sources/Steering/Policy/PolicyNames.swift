/// What policies can name: the checks and locations of a zone, and of the server's configuration.
struct PolicyNames {
  /// Nil: its kind is not known, as the configuration defines it or its record is wrong.
  var checks: [String: CheckDefinition.Kind?] = [:]
  /// Nil: where it is is not known, as the configuration defines it or its record is wrong.
  var locations: [String: LocationDefinition?] = [:]
}
