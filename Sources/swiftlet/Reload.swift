import ArgumentParser
import Control

/// `swiftlet reload`.
struct Reload: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have a running server read changed zones again, and wait for it.",
    discussion: """
      Prints what was loaded, refused or removed, with the errors of what was refused. Exits with 1 when something \
      was: then what was served before stays.
      """)

  @OptionGroup var server: ControlOptions

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    let order = ReloadOrder(control: server.control, json: json)
    let status = order.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
