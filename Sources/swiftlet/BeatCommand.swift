import ArgumentParser
import Control

/// `swiftlet beat`.
struct BeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "beat",
    abstract: "Report to a running server that a member is up.",
    discussion: """
      For members with a check of type heartbeat. A report holds for the check's interval times its fall=, and the \
      member is down when none has come by then.
      """)

  @Argument(
    help:
      "A member: its address, for all names that have it, or NAME/ADDRESS. A target's name with its final dot may stand for the address."
  )
  var member: String

  @OptionGroup var server: ControlOptions

  @Flag(help: "Report that it is down, at once.")
  var down = false

  @Option(help: ArgumentHelp("Why, for 'swiftlet status' and the log.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("How much of what it can do it does, like 70% or 0.7.", valueName: "share"))
  var load: String?

  @Option(help: ArgumentHelp("How many connections it has.", valueName: "n"))
  var connections: Int?

  @Option(
    help: ArgumentHelp(
      "The file with the token that the socket for beats needs ('beats' in the configuration file).",
      valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    var beat = BeatVerb(of: member, control: server.control)
    beat.isDown = down
    beat.reason = reason
    beat.load = load
    beat.connections = connections
    beat.tokenFile = tokenFile
    beat.json = json
    let status = beat.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
