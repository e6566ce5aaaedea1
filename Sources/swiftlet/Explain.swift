import ArgumentParser
import Control

/// `swiftlet explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how a name is answered, and why.",
    discussion: """
      Loads the zone that the name is in as the server would, and shows the members of its policy, what each \
      stage did to them, each member's share and the next answers. Members are addresses or targets of the policy; \
      nothing is known of them and of the client but what the options say.
      """)

  @OptionGroup var pools: PoolOptions

  @Option(
    help: ArgumentHelp(
      "Show what a query from here gets where answers stick to clients.", valueName: "address|prefix"))
  var client: String?

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    let explainer = PoolExplainer(question: pools.question, client: client, json: json)
    let status = explainer.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
