import ArgumentParser
import Control

/// `swiftlet explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how a name is answered, and why.",
    usage: """
      swiftlet explain <zones> <name> [options]
      swiftlet explain <name> [--type <type>] [--client <address|prefix>] [--control <path>] [--json]
      """,
    discussion: """
      Loads the zone that the name is in as the server would, and shows the members of its policy, what each \
      stage did to them, each member's share and the next answers. Members are addresses or targets of the policy; \
      nothing is known of them and of the client but what the options say.

      Without zones, a running server is asked what it answers at the moment.
      """)

  // Which of the two is left out is known only when both are read.
  @Argument(
    help: ArgumentHelp(
      "A folder of zone files, or one zone file; left out: a running server is asked.", valueName: "zones"),
    completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("The name to ask for.", valueName: "name"))
  var second: String?

  @OptionGroup var pools: PoolOptions

  @Option(
    help: ArgumentHelp(
      "Show what a query from here gets where answers stick to clients.", valueName: "address|prefix"))
  var client: String?

  @OptionGroup var server: ControlOptions

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func validate() throws {
    if second == nil, first.contains("/") {
      throw ValidationError("'\(first)' is a path; name what to explain, too: swiftlet explain ZONES NAME.")
    }
    if second == nil, pools.supposes {
      throw ValidationError(
        "A running server knows its members itself; name zones to explain what would be: swiftlet explain ZONES NAME."
      )
    }
    if second != nil, server.control != nil {
      throw ValidationError(
        "Either zones are explained or a running server is asked: leave ZONES or --control out.")
    }
  }

  func run() throws {
    let status =
      if let name = second {
        try PoolExplainer(question: pools.question(of: name, in: first), client: client, json: json)
          .run(output: StandardOutput.write, complaint: StandardError.write)
      } else {
        LiveExplainer(control: server.control, name: first, type: pools.type, client: client, json: json)
          .run(output: StandardOutput.write, complaint: StandardError.write)
      }
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
