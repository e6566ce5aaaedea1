import ArgumentParser
import Control

/// `swiftlet auto`.
struct Auto: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auto",
    abstract: "Take back what was ordered of a member: its checks and its policy decide again.",
    discussion: """
      Of exactly this member: an order of ADDRESS is not taken back by NAME/ADDRESS.
      """)

  @OptionGroup var options: OrderOptions

  func run() throws { try options.run(.auto) }
}
