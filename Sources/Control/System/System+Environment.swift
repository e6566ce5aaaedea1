// Unsafe file. getenv(3) and mkdir(2) take pointers. The environment is not changed while the process runs.
import Glibc

extension System {
  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Makes a folder that everybody may look into, if there is none and this is allowed.
  static func makeFolder(_ path: String) { _ = unsafe mkdir(path, 0o755) }
}
