import ArgumentParser
import Control

/// `swiftlet down`.
struct Down: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down",
    abstract: "Take a member for down, whatever its checks say.",
    discussion: """
      As if its check had failed: where all members of a pool are down, the policy's fail= decides. The order is kept \
      over restarts.
      """)

  @OptionGroup var options: OrderOptions

  @OptionGroup var terms: OrderTerms

  func run() throws { try options.run(.down, terms) }
}
