import ArgumentParser
import Control

/// `swiftlet check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check zone files as the server would load them.",
    discussion: """
      Prints each error and warning as 'file:line:column: severity: message', then a line for each zone \
      with its records and serial. Exits with 1 when there is an error.
      """)

  @Argument(help: "A folder of zone files, or one zone file.", completion: .file())
  var zones: String

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  @Flag(help: "Let warnings count as errors.")
  var strict = false

  func run() throws {
    let check = ZonesCheck(path: zones, json: json, strict: strict)
    MainThread.run {
      StandardOutput.ending(
        with: await check.run(output: StandardOutput.write, complaint: StandardError.write))
    }
  }
}
