import ArgumentParser
import Control

/// What `explain` and `simulate` are asked about.
struct PoolOptions: ParsableArguments {
  @Argument(help: "A folder of zone files, or one zone file.", completion: .file())
  var zones: String

  @Argument(help: "The name to ask for.")
  var name: String

  @Option(help: ArgumentHelp("A or AAAA. (default: both)", valueName: "type"))
  var type: String?

  @Option(
    help: ArgumentHelp("Take this member to be down; may be repeated.", valueName: "address|target"))
  var down: [String] = []

  var question: PoolQuestion { PoolQuestion(path: zones, name: name, type: type, down: down) }
}
