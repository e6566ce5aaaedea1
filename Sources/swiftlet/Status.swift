import ArgumentParser
import Control

/// `swiftlet status`.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how a running server is, and the members of its pools.",
    discussion: """
      Of each member: its state and since when, its weight in force, how often it is to come first in answers and \
      how often it did, its response time, and the reason of the last check's result.
      """)

  @OptionGroup var server: ControlOptions

  @Argument(help: "A name that a policy steers, or a zone. (default: all)")
  var name: String?

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  @Flag(help: "Show it anew each second, in place on a terminal, until ctrl-C.")
  var watch = false

  func run() throws {
    let query = StatusQuery(control: server.control, name: name, json: json)
    let status =
      watch
      ? query.watch(complaint: StandardError.write)
      : query.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
