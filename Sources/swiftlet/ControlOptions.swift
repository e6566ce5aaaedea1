import ArgumentParser

/// Which running server is meant.
struct ControlOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("s")],
    help: ArgumentHelp(
      "The control socket of the server. (default: /run/swiftlet/control, else swiftlet/control in $XDG_RUNTIME_DIR)",
      valueName: "path"),
    completion: .file())
  var control: String?
}
