internal import Steering

/// A check's definition, which the targets of a check share: it is long.
final class SharedCheck: Sendable {
  let definition: CheckDefinition
  let thresholds: Thresholds

  init(_ definition: CheckDefinition) {
    self.definition = definition
    thresholds = Thresholds(definition)
  }
}
