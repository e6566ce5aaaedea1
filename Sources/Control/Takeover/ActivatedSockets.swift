import Glibc
internal import Transport

/// The sockets that the service manager has opened: systemd, by the protocol of sd_listen_fds(3), descriptors from 3 on
/// and variables that say how many they are.
enum ActivatedSockets {
  private static let first: Int32 = 3

  /// - Parameter environment: the variables that the manager has set; nil where there is no such variable.
  /// - Returns: the sockets, each with what it is called in messages; none unless they are meant for this process.
  static func read(
    environment: (String) -> String? = System.environment
  ) throws(StartFailure) -> [(name: String, socket: InheritedSocket)] {
    // The variables are inherited: those of a parent process are not about this one.
    guard environment("LISTEN_PID") == "\(getpid())",
      let count = environment("LISTEN_FDS").flatMap({ Int32($0) }), count > 0
    else { return [] }
    let names = environment("LISTEN_FDNAMES")?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    var sockets: [(String, InheritedSocket)] = []
    var problems: [String] = []
    for index in 0..<count {
      let name = names.indices.contains(Int(index)) ? " (\(LogLine.escaped(String(names[Int(index)]))))" : ""
      let called = "descriptor \(first + index)\(name)"
      do throws(InheritedSocket.Unusable) {
        sockets.append((called, try InheritedSocket(first + index)))
      } catch {
        problems.append("\(called) \(error)")
      }
    }
    guard problems.isEmpty else {
      throw StartFailure("cannot use the sockets of the service manager: \(problems.joined(separator: "; "))")
    }
    return sockets
  }

  /// Where to listen: where sockets are bound if nobody has said so, and else as `settings` say.
  ///
  /// - Throws: a socket is bound somewhere else.
  static func endpoints(
    of sockets: [(name: String, socket: InheritedSocket)], _ settings: ServerSettings
  ) throws(StartFailure) -> [Endpoint] {
    guard !sockets.isEmpty else { return settings.listen }
    if settings.listensByDefault {
      var endpoints: [Endpoint] = []
      for (_, socket) in sockets where !endpoints.contains(socket.endpoint) {
        endpoints.append(socket.endpoint)
      }
      return endpoints
    }
    for (name, socket) in sockets where !settings.listen.contains(socket.endpoint) {
      throw StartFailure(
        "\(name) of the service manager is bound to \(socket.endpoint), which 'listen' does not have; add it there, or leave 'listen' out"
      )
    }
    return settings.listen
  }
}
