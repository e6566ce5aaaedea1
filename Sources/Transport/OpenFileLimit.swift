// Unsafe file. getrlimit(2) and setrlimit(2) take pointers.
internal import Glibc

/// How many files, sockets among them, the process may have open.
public enum OpenFileLimit {
  /// Raises the limit to `count`, or as far as the process may.
  ///
  /// - Returns: the limit now.
  @discardableResult
  public static func raise(to count: UInt64) -> UInt64 {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(resource, &limit) == 0 else { return 0 }
    guard limit.rlim_cur < count else { return UInt64(limit.rlim_cur) }
    var raised = rlimit(rlim_cur: rlim_t(count), rlim_max: max(limit.rlim_max, rlim_t(count)))
    // Only root may raise the hard limit; others get what it allows.
    if unsafe setrlimit(resource, &raised) == 0 { return count }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
    _ = unsafe setrlimit(resource, &limit)
    return UInt64(limit.rlim_cur)
  }
}
