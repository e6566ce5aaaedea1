import ArgumentParser
import Control

/// What `explain` and `simulate` are asked about a name, and what they take to be known.
struct PoolOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A or AAAA. (default: both)", valueName: "type"))
  var type: String?

  @Option(help: ArgumentHelp("Take this member to be down; may be repeated.", valueName: "member"))
  var down: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take this to be known of a member: state=up|down|unknown, weight=50%, rtt=20ms, connections=10, load=70%, with commas between them; may be repeated.",
      valueName: "member:key=value,..."))
  var set: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take these locations to be the client's nearest, the nearest first.", valueName: "location,..."))
  var nearest: String?

  @Option(help: ArgumentHelp("Take the client's network to be this location's own.", valueName: "location"))
  var owner: String?

  @OptionGroup var configuration: ConfigurationOptions

  /// Whether something is to be taken for known.
  var supposes: Bool {
    !down.isEmpty || !set.isEmpty || nearest != nil || owner != nil || configuration.config != nil
  }

  /// - Parameter zones: a folder of zone files, or one zone file.
  func question(of name: String, in zones: String) throws -> PoolQuestion {
    var question = PoolQuestion(path: zones, name: name, type: type)
    question.down = down
    question.settings = set
    question.nearest = nearest
    question.owner = owner
    question.configuration = try configuration.read()
    return question
  }
}
