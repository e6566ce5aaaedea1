import Glibc
import TestSupport
import Testing

/// A server that tests start, in the foreground. Ended, with all that it has forked, by its last reference.
final class TestProcess: Sendable {
  let process: pid_t

  init(_ command: [String]) throws {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    try #require(posix_spawn(&process, command[0], nil, &attributes, &words, environ) == 0, "\(command)")
    self.process = process
  }

  /// Sends a signal to the server and all that it has forked.
  func signal(_ number: Int32) { kill(-process, number) }

  deinit {
    signal(SIGKILL)
    waitpid(process, nil, 0)
  }
}

/// nginx, with what is in a `server` block for each port.
final class TestNginx: Sendable {
  static let path = "/usr/sbin/nginx"

  let ports: [UInt16]
  let process: TestProcess
  private let folder = TemporaryFolder()

  /// - Parameters:
  ///   - servers: the lines of each block, after `listen`, which `tls` is added to where it is true.
  ///   - files: in the folder that nginx is started in, by name.
  init(_ servers: [(tls: Bool, lines: String)], files: [String: [UInt8]] = [:]) throws {
    for (name, octets) in files { folder.write(name, octets: octets) }
    ports = try servers.map { _ in try TestPeer.closedPort() }
    let blocks = zip(servers, ports).map { server, port in
      "server { listen 127.0.0.1:\(port)\(server.tls ? " ssl" : ""); \(server.lines) }"
    }
    let path = folder.path
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(path)/\($0);"
    }
    let configuration = """
      daemon off; pid \(path)/pid; error_log \(path)/error.log;
      events {}
      http {
        access_log off;
        \(temporary.joined(separator: " "))
        \(blocks.joined(separator: "\n  "))
      }
      """
    let file = folder.write("nginx.conf", configuration)
    process = try TestProcess([Self.path, "-c", file, "-p", path])
    for _ in 0..<10_000 {
      if folder.read("pid")?.isEmpty == false { return }
      usleep(1_000)
    }
    Issue.record("nginx did not start: \(folder.read("error.log") ?? "")")
  }
}
