import ArgumentParser
import Control

/// `swiftlet weight`.
struct Weight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weight",
    abstract: "Give a member another weight than its policy's.",
    discussion: """
      For some time or until 'swiftlet auto'. The order is kept over restarts.
      """)

  @OptionGroup var options: OrderOptions

  @Argument(help: "The weight, 0 to 1000000. 0: no share while others have any.")
  var weight: Int

  @OptionGroup var terms: OrderTerms

  func run() throws { try options.run(.weight(weight), terms) }
}
