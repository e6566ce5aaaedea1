import ArgumentParser
import Control

/// `swiftlet up`.
struct Up: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Take a member for up, whatever its checks say.",
    discussion: """
      With its whole share. The order is kept over restarts.
      """)

  @OptionGroup var options: OrderOptions

  @OptionGroup var terms: OrderTerms

  func run() throws { try options.run(.up, terms) }
}
