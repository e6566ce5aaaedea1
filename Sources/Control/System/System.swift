import CLinux

/// System calls for the control plane, as Swift functions with typed errors. All of this module's unsafe
/// code is in this folder.
enum System {
  /// Cores that this process may use.
  static var cores: Int { max(1, Int(cl_allowed_cores())) }

  /// Gives the calling thread the lowest of the ordinary priorities, so that it gives way to all that answer.
  static func lowerPriority() { _ = cl_lower_priority() }

  /// Gives back to the system what freed memory the allocator keeps: after a load that can be as much as
  /// the zones themselves.
  static func trimMemory() { cl_trim_memory() }

  /// Lets large blocks go back to the system when they are freed, as those of a zone being read.
  static func returnLargeBlocks() { cl_return_large_blocks() }
}
