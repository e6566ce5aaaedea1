import ArgumentParser
import Control

/// `swiftlet drain`.
struct Drain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain",
    abstract: "Take a member out of the answers, in peace.",
    discussion: """
      New clients are sent to others, as long as there are any; what the member has begun it can finish. Says until \
      when caches may still hold it. Its health is checked on. The order is kept over restarts.
      """)

  @OptionGroup var options: OrderOptions

  @OptionGroup var terms: OrderTerms

  func run() throws { try options.run(.drain, terms) }
}
