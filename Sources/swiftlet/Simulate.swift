import ArgumentParser
import Control
import Glibc

/// `swiftlet simulate`.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer many queries for a name, and count who comes first.",
    discussion: """
      Loads the zone that the name is in as the server would, and compares each member's share with what the \
      queries got, as bars on a terminal. The same seed gives the same counts. Where answers stick to names, ask \
      for the wildcard: the queries are for names below it.
      """)

  @Argument(help: "A folder of zone files, or one zone file.", completion: .file())
  var zones: String

  @Argument(help: "The name to ask for.")
  var name: String

  @OptionGroup var pools: PoolOptions

  @Option(help: ArgumentHelp("How many queries.", valueName: "n"))
  var queries: Int

  @Option(
    help: ArgumentHelp(
      "Where the queries come from, which matters where answers stick to clients: a network, or a file with one a line; each equally often. May be repeated. (default: 0.0.0.0/0)",
      valueName: "file|prefix"))
  var clients: [String] = []

  @Option(help: ArgumentHelp("What all chance follows from.", valueName: "s"))
  var seed: UInt64 = 1

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    let simulator = PoolSimulator(
      question: try pools.question(of: name, in: zones), queries: queries, clients: clients, seed: seed,
      json: json, hasBars: isatty(STDOUT_FILENO) == 1)
    let status = simulator.run(output: StandardOutput.write, complaint: StandardError.write)
    throw ExitCode(StandardOutput.ending(with: status).rawValue)
  }
}
