/// Why the workers cannot be started: the machine is out of what `resource` names.
public struct StartError: Error, Hashable, Sendable {
  public enum Resource: String, Sendable {
    case memory, events, threads
  }

  public let resource: Resource
  public let reason: Errno
}

extension StartError: CustomStringConvertible {
  public var description: String { "cannot start the workers (\(resource.rawValue)): \(reason)" }
}
