@testable import Control

/// A verb of the built `swiftlet`, run to its end.
struct Command {
  let status: Int32
  let lines: [String]

  init(_ arguments: [String]) throws {
    let process = try ServerProcess(arguments)
    status = try process.exitStatus()
    lines = process.lines
  }

  var text: String { lines.joined(separator: "\n") }
}
