// Unsafe file. getrlimit(2) fills a structure that is passed by pointer.
import Glibc

/// What this process uses of the machine.
struct ProcessUsage: Sendable {
  /// By its own and the system's code in its stead, in seconds.
  var processorTime: Double
  /// In octets.
  var residentMemory: Int
  var virtualMemory: Int
  var openFiles: Int
}

extension System {
  /// How many descriptors the process may open; nil: the system does not say.
  static var openFileLimit: Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    return Int(clamping: limit.rlim_cur)
  }

  /// Nil: the system does not say (proc(5)).
  static var usage: ProcessUsage? {
    guard let octets = try? contents(of: "/proc/self/stat", limit: 4_096) else { return nil }
    // The second field is the program's name in parentheses, which may have any others in it.
    let fields =
      String(decoding: octets, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
      let size = Int(fields[20]), let pages = Int(fields[21])
    else { return nil }
    var files = 0
    _ = try? entries(of: "/proc/self/fd") { _ in
      files += 1
      return false
    }
    return ProcessUsage(
      processorTime: (user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK)))),
      residentMemory: pages * sysconf(Int32(_SC_PAGESIZE)), virtualMemory: size, openFiles: files)
  }
}
