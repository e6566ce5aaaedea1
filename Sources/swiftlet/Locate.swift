import ArgumentParser
import Control

/// `swiftlet locate`.
struct Locate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say where a client is, as zones see it.",
    discussion: """
      Loads the zones as the server would, with the database of locations that the configuration file names, and \
      shows for each zone whose policies ask where clients are: what is known of the client and from where, and the \
      zone's locations in the client's order, with distances.
      """)

  @Argument(help: "A folder of zone files, or one zone file.", completion: .file())
  var zones: String

  @Argument(help: ArgumentHelp("The client's address, or a network.", valueName: "address|prefix"))
  var client: String

  @OptionGroup var configuration: ConfigurationOptions

  @Flag(help: "Show the network of all clients that are answered like this one.")
  var scope = false

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    let locator = ClientLocator(
      path: zones, client: client, configuration: try configuration.read(), showsScope: scope, json: json)
    let status = locator.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
