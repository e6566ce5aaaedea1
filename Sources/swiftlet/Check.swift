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

  @Argument(
    help: "A folder of zone files, or one zone file. Needed here or in the configuration file.",
    completion: .file())
  var zones: String?

  @OptionGroup var configuration: ConfigurationOptions

  @Flag(help: "Print one line of JSON in place of text.")
  var json = false

  @Flag(help: "Let warnings count as errors.")
  var strict = false

  func run() throws {
    let configuration = try configuration.read()
    guard let zones = zones ?? configuration.zones else {
      throw ValidationError("Name the zones: swiftlet check ZONES, or 'zones:' in the file of --config.")
    }
    let check = ZonesCheck(path: zones, json: json, strict: strict, configuration: configuration)
    MainThread.run {
      StandardOutput.ending(
        with: await check.run(output: StandardOutput.write, complaint: StandardError.write))
    }
  }
}
