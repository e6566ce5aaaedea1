import ArgumentParser
import Control

@main
struct Swiftlet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "An authoritative DNS server.",
    discussion: """
      Zones are files in one folder, each called by its zone's name: example.com.zone, root.zone for the \
      root, and @ in place of / (0@25.2.0.192.in-addr.arpa.zone).

      EXIT STATUS:
         0  done; the server was asked to stop
         1  check, reload: a zone has errors; serve: the server cannot
            start; else: no answer
        64  the command line is wrong
        78  the configuration file has errors

      FILES:
        /etc/swiftlet/swiftlet.yaml
            configuration of the service
        /etc/swiftlet/zones
            zones of the service
        /run/swiftlet/control
            control socket, where requests are taken unless told otherwise
        /var/lib/swiftlet/state
            what the service keeps over restarts
      """,
    version: Version.text,
    subcommands: [Serve.self, Check.self, Explain.self, Simulate.self, Locate.self, Diff.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Running servers",
        subcommands: [
          Status.self, Reload.self, Drain.self, Down.self, Up.self, Weight.self, Auto.self, BeatCommand.self,
        ])
    ])
}
