import Glibc

/// `swiftlet status`: asks a running server how it is.
public struct StatusQuery: Sendable {
  /// The control socket; nil: where servers have it unless told otherwise.
  public let control: String?
  /// A zone, or a name that a policy steers; nil: all.
  public let name: String?
  /// A line of JSON instead of text.
  public let json: Bool

  /// Seconds between what `watch` shows.
  private static let interval: UInt32 = 1

  public init(control: String?, name: String?, json: Bool) {
    self.control = control
    self.name = name
    self.json = json
  }

  public func run(output: (String) -> Void, complaint: (String) -> Void) -> ExitStatus {
    ControlClient.run(control, complaint) { client throws(ControlClient.Failure) in
      for line in try lines(from: &client) { output(line) }
      return .success
    }
  }

  /// Shows the status over and over, in place on a terminal, until it is interrupted. A server that is started
  /// again is found again.
  ///
  /// - Returns: only when there is no server from the first, or nothing can be shown any more.
  public func watch(complaint: (String) -> Void) -> ExitStatus {
    System.leaveOnInterrupt()
    var display = LiveDisplay(descriptor: 1)
    return ControlClient.run(control, complaint) { first throws(ControlClient.Failure) in
      var text = try lines(from: &first)
      var client: ControlClient? = first
      while true {
        do throws(SystemError) {
          try display.show(text)
        } catch {
          throw ControlClient.Failure(description: error.description)
        }
        sleep(Self.interval)
        do throws(ControlClient.Failure) {
          var current = if let client { client } else { try ControlClient(control) }
          text = try lines(from: &current)
          client = current
        } catch {
          client = nil
          text = json ? [] : [LogLine.escaped(error.description)]
          if json { complaint(LogLine.escaped(error.description)) }
        }
      }
    }
  }

  private func lines(from client: inout ControlClient) throws(ControlClient.Failure) -> [String] {
    let name = name.map { [("name", JSON.string($0))] } ?? []
    let reply = try client.ask(.object([("do", .string("status"))] + name))
    if json { return [reply.text] }
    guard let status = ServerStatus(reply) else { throw client.strangeReply }
    return status.lines
  }
}
