import ArgumentParser
import Control

/// What `drain`, `down`, `up`, `weight` and `auto` have in common.
struct OrderOptions: ParsableArguments {
  @Argument(
    help:
      "A member: its address, for all names that have it, or NAME/ADDRESS. A target's name with its final dot may stand for the address."
  )
  var member: String

  @OptionGroup var server: ControlOptions

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run(_ order: OrderVerb.Order, _ terms: OrderTerms? = nil) throws -> Never {
    var verb = OrderVerb(order, of: member, control: server.control)
    verb.duration = terms?.duration
    verb.reason = terms?.reason
    verb.json = json
    let status = verb.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}

/// How long an order holds, and why.
struct OrderTerms: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "For how long, like 90s, 30m or 2h. (default: until 'swiftlet auto')", valueName: "duration"))
  var duration: String?

  @Option(help: ArgumentHelp("Why, for 'swiftlet status' and the log.", valueName: "text"))
  var reason: String?
}
