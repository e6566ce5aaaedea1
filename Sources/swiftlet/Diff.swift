import ArgumentParser
import Control
import Glibc

/// `swiftlet diff`.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a change of zones does to the shares of their pools.",
    discussion: """
      Loads both versions as the server would. For each pool that differs, prints what does, each member's share \
      before and after, also for clients of whom it is known where they are, and how many clients or names move to \
      another member where answers stick. Exits with 1 when a zone of either has an error.
      """)

  @Argument(help: "A folder of zone files, or one zone file.", completion: .file())
  var old: String

  @Argument(help: "The same as it is to be.", completion: .file())
  var new: String

  @OptionGroup var configuration: ConfigurationOptions

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  func run() throws {
    let diff = PoolDiff(
      old: old, new: new, json: json, showsProgress: isatty(STDERR_FILENO) == 1,
      configuration: try configuration.read())
    MainThread.run {
      StandardOutput.ending(
        with: await diff.run(output: StandardOutput.write, complaint: StandardError.write))
    }
  }
}
