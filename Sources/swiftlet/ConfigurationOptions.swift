import ArgumentParser
import Control

/// Which configuration file is meant.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read settings from this file.", valueName: "file"), completion: .file())
  var config: String?

  /// What the file says; nothing where none is named.
  func read() throws -> Configuration {
    guard let config else { return Configuration() }
    do {
      return try ConfigurationFile.read(config)
    } catch {
      StandardError.write(error.description)
      throw ExitCode(ExitStatus.badConfiguration.rawValue)
    }
  }
}
