import Glibc
import TestSupport

extension ServerProcess {
  /// Starts to serve a folder on a free port of 127.0.0.1 and waits until it is ready.
  ///
  /// - Parameter control: where it takes requests unless the options say; nil: the configuration file says.
  static func serving(
    _ folder: TemporaryFolder, _ options: [String] = [], control: String? = "off"
  ) throws -> (ServerProcess, DNSClient) {
    // One that is not asked for would be where the servers of other tests have theirs.
    let place = options.contains("--control") ? [] : control.map { ["--control", $0] } ?? []
    let server = try ServerProcess(
      ["serve", folder.path, "--listen", "127.0.0.1:0", "--threads", "1"] + place + options)
    let ready = try server.line(containing: " ready ")
    return (server, try client(ready))
  }

  /// A client of the address that the log says it listens on.
  static func client(_ ready: String) throws -> DNSClient {
    guard let word = ready.split(separator: " ").first(where: { $0.hasPrefix("listen=") }),
      let port = word.split(separator: ":").last.flatMap({ UInt16($0) })
    else { throw TimedOut(description: "no port in '\(ready)'") }
    return DNSClient(port: port)
  }

  /// Asks for a reload and waits until it has been done; returns what was logged of it.
  @discardableResult
  func reload(until text: String = "reload") throws -> [String] {
    let before = lines.count
    send(SIGHUP)
    try line(containing: text)
    return Array(lines[before...])
  }

  /// Asks it to end.
  func stop() throws -> Int32 {
    send(SIGTERM)
    return try exitStatus()
  }
}
