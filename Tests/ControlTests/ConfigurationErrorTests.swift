import TestSupport
import Testing

@testable import Control

/// Each mistake in a configuration file is reported at its place, with what would be right.
struct ConfigurationErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let errors: [String]

    init(_ text: String, _ errors: String...) {
      self.text = text
      self.errors = errors
    }

    var testDescription: String { text.split(separator: "\n").joined(separator: " | ") }
  }

  static let allKeys =
    "zones, listen, threads, user, strict, log-level, pid-file, version, identity, nsid, udp-size, ecs, control, "
    + "explain-from, "
    + "beats, http, state-file, state-max-age, isolation, probes, probe-budget, checks, locations, on-change, query-log"

  static let form = "write one like 192.0.2.1, 192.0.2.1:5300 or [2001:db8::1]:5300"

  static let share = "a share above 0 and up to 1 is needed, like 70% or 0.7, or off"
  static let post = "write one like http://127.0.0.1:8080/events"

  private static let webForm = "write an address with its port, like 127.0.0.1:9153 or [::1]:9153"

  static let cases: [Case] = [
    // Keys
    Case("thread: 2", "1:1: error: 'thread' is not a key; did you mean 'threads'?"),
    Case("log_level: info", "1:1: error: 'log_level' is not a key; did you mean 'log-level'?"),
    Case("Zones: z", "1:1: error: 'Zones' is not a key; did you mean 'zones'?"),
    Case("udpsize: 512", "1:1: error: 'udpsize' is not a key; did you mean 'udp-size'?"),
    Case("port: 53", "1:1: error: 'port' is not a key; keys are \(allKeys)"),
    Case("zones: z\n\nlistne: 127.0.0.1", "3:1: error: 'listne' is not a key; did you mean 'listen'?"),
    Case("[a, b]: 1", "1:1: error: a key is a word, not a list or mapping"),
    Case("\"\": 1", "1:1: error: '' is not a key; keys are \(allKeys)"),
    // Keys that are repeated
    Case("threads: 1\nthreads: 2", "1:1: error: 'threads' is set again further down; keep one"),
    Case(
      "user: a\nuser: b\nuser: c", "1:1: error: 'user' is set again further down; keep one",
      "2:1: error: 'user' is set again further down; keep one"),
    Case(
      "nsid: a\nthreads: x\nnsid: b", "1:1: error: 'nsid' is set again further down; keep one",
      "2:10: error: threads: a number from 1 to 256 is needed, not 'x'"),
    Case("{ user: a, user: b }", "1:3: error: 'user' is set again further down; keep one"),
    Case("'user': a\n'user': b", "1:1: error: 'user' is set again further down; keep one"),
    // Numbers
    Case("threads: four", "1:10: error: threads: a number from 1 to 256 is needed, not 'four'"),
    Case("threads: 0", "1:10: error: threads: a number from 1 to 256 is needed, not 0"),
    Case("threads: 257", "1:10: error: threads: a number from 1 to 256 is needed, not 257"),
    Case("threads: -1", "1:10: error: threads: a number from 1 to 256 is needed, not '-1'"),
    Case("threads: 2.5", "1:10: error: threads: a number from 1 to 256 is needed, not '2.5'"),
    Case("threads: '4'", "1:10: error: threads: a number from 1 to 256 is needed, without quotes"),
    Case(
      "threads: 99999999999999999999",
      "1:10: error: threads: a number from 1 to 256 is needed, not '99999999999999999999'"),
    Case("udp-size: 511", "1:11: error: udp-size: a number from 512 to 4096 is needed, not 511"),
    Case("udp-size: 4097", "1:11: error: udp-size: a number from 512 to 4096 is needed, not 4097"),
    Case("threads: [1]", "1:10: error: threads: a number is needed, not a list"),
    // Texts
    Case("zones:", "1:7: error: zones: the value is missing; text is needed"),
    Case("zones: ~", "1:8: error: zones: the value is missing; text is needed"),
    Case("user: ''", "1:7: error: user: the text is empty; leave 'user' away instead"),
    Case("pid-file: { a: b }", "1:11: error: pid-file: text is needed, not a mapping"),
    Case("zones: [a, b]", "1:8: error: zones: text is needed, not a list"),
    Case(
      "nsid: \(String(repeating: "n", count: 256))",
      "1:7: error: nsid: at most 255 octets are possible, not 256"),
    Case(
      "version: \(String(repeating: "ä", count: 128))",
      "1:10: error: version: at most 255 octets are possible, not 256"),
    Case("identity: []", "1:11: error: identity: a text, or off, is needed, not a list"),
    Case("control: ''", "1:10: error: control: the text is empty; leave 'control' away instead"),
    Case("control: [a]", "1:10: error: control: a path, or off, is needed, not a list"),
    // Words
    Case("strict: maybe", "1:9: error: strict: true or false is needed, not 'maybe'"),
    Case("strict: 'true'", "1:9: error: strict: true or false is needed, not 'true'"),
    Case("strict: 1", "1:9: error: strict: true or false is needed, not '1'"),
    Case("ecs: no", "1:6: error: ecs: on or off is needed, not 'no'"),
    Case("ecs: 'off'", "1:6: error: ecs: on or off is needed, not 'off'"),
    Case("ecs: [off]", "1:6: error: ecs: on or off is needed, not a list"),
    Case(
      "log-level: loud",
      "1:12: error: log-level: 'loud' is not a level; levels are trace, debug, info, notice, warning, error, critical"
    ),
    // Networks
    Case("explain-from: []", "1:15: error: explain-from: the list is empty; write off for nobody"),
    Case(
      "explain-from: [127.0.0.1, localhost]",
      "1:27: error: explain-from: 'localhost' is neither an address nor a network such as 192.0.2.0/24"),
    Case(
      "explain-from:\n  - 'off'\n  - 192.0.2.0/33",
      "2:5: error: explain-from: 'off' is neither an address nor a network such as 192.0.2.0/24",
      "3:5: error: explain-from: '192.0.2.0/33' has no length of a network behind its '/'; that is 0 to 32"),
    Case(
      "explain-from: 192.0.2.1/24",
      "1:15: error: explain-from: 192.0.2.1/24 has bits beyond its length; write 192.0.2.0/24"),
    Case(
      "explain-from: [192.0.2.1, 192.0.2.1/32]", "1:27: error: explain-from: 192.0.2.1/32 is listed twice"),
    // Addresses
    Case("listen: []", "1:9: error: listen: the list is empty; leave 'listen' away instead"),
    Case(
      "listen: localhost", "1:9: error: listen: \"localhost\" is not an IP address; \(form)"),
    Case(
      "listen:\n  - 127.0.0.1:53\n  - 127.0.0.1:65536",
      "3:5: error: listen: \"65536\" is not a port; write a number from 0 to 65535"),
    Case(
      "listen: ['[::1']",
      "1:10: error: listen: \"[::1\" has misplaced brackets; write an address and port like [2001:db8::1]:5300"
    ),
    Case("listen: [127.0.0.1, 127.0.0.1:53]", "1:21: error: listen: 127.0.0.1:53 is listed twice"),
    Case("listen: [[a]]", "1:10: error: listen: text is needed, not a list"),
    // Shares and durations
    Case("isolation: 0", "1:12: error: isolation: \(share), not '0'"),
    Case("isolation: 1.1", "1:12: error: isolation: \(share), not '1.1'"),
    Case("isolation: most", "1:12: error: isolation: \(share), not 'most'"),
    Case("isolation: 70 %", "1:12: error: isolation: \(share), not '70 %'"),
    Case("isolation: [1]", "1:12: error: isolation: a share, or off, is needed, not a list"),
    Case(
      "state-max-age: 60",
      "1:16: error: state-max-age: a whole number and its unit are needed, ms, s, m or h, like 8760h, not '60'"
    ),
    Case("state-max-age: 9000h", "1:16: error: state-max-age: it can be 0s to 8760h, not 9000h"),
    Case("probe-budget: 1", "1:15: error: probe-budget: a number from 2 to 100000 is needed, not 1"),
    // Mappings
    Case("beats: /run/b", "1:8: error: beats: a mapping of socket, token-file is needed"),
    Case("beats: {socket: /b}", "1:8: error: beats: both are needed, 'socket' and 'token-file'"),
    Case(
      "beats: {socket: /b, token: t}",
      "1:21: error: beats: 'token' is not a key; keys are socket, token-file"),
    Case(
      "beats:\n  socket: /b\n  socket: /c", "2:3: error: 'socket' is set again further down; keep one",
      "2:3: error: beats: both are needed, 'socket' and 'token-file'"),
    Case("locations: city.mmdb", "1:12: error: locations: a mapping of database, rtt is needed"),
    Case("locations: {}", "1:12: error: locations: 'database', 'rtt' or both are needed, with files"),
    Case(
      "locations: {databse: x}", "1:13: error: locations: 'databse' is not a key; did you mean 'database'?"),
    Case("query-log: {}", "1:12: error: query-log: 'file', 'dnstap' or both are needed"),
    Case("query-log: {sample: 10}", "1:12: error: query-log: 'file', 'dnstap' or both are needed"),
    Case(
      "query-log: {file: q, sample: 0}",
      "1:30: error: query-log: sample: a number from 1 to 1000000000 is needed, not 0"),
    Case(
      "query-log: {dnstap: /\(String(repeating: "d", count: 107))}",
      "1:21: error: query-log: dnstap: a socket's path has 107 octets at most"),
    Case("on-change: {}", "1:12: error: on-change: 'command', 'post' or both are needed"),
    Case(
      "on-change: {commands: /a}",
      "1:13: error: on-change: 'commands' is not a key; did you mean 'command'?"),
    Case(
      "on-change: {command: notify}",
      "1:22: error: on-change: command: the program is named by its whole path, like [/usr/local/bin/notify, --quiet]"
    ),
    Case(
      "on-change: {command: []}",
      "1:22: error: on-change: command: the list is empty; leave 'on-change: command' away instead"),
    Case(
      "on-change: {post: 'https://a/'}",
      "1:19: error: on-change: post: 'https://a/': https is not spoken here; \(post), to something that passes it on"
    ),
    Case("on-change: {post: 'a:80'}", "1:19: error: on-change: post: 'a:80' is not a URL of http; \(post)"),
    Case(
      "on-change: {post: 'http:///a'}",
      "1:19: error: on-change: post: 'http:///a' has no host and port; \(post)"),
    // Checks
    Case("checks: web", "1:9: error: checks: a mapping of names to checks is needed"),
    Case(
      "checks: {web: http}",
      "1:15: error: checks: web: a mapping, like {type: http, path: /healthz}, is needed"),
    Case(
      "checks: {web: {}}",
      "1:10: error: checks: web: check web has no type; it can be tcp, http, https, dns, icmp, agent, exec, heartbeat, always"
    ),
    Case(
      "checks: {'a b': {type: always}}",
      "1:10: error: checks: a b: \"a b\" cannot be defined; names are one label of letters, digits, - and _"),
    Case(
      "checks:\n  web:\n    type: htpt\n    interval: 5",
      "3:5: error: checks: web: \"type: htpt\" is not known; did you mean type: http?",
      "4:5: error: checks: web: \"interval: 5\" has no unit; write interval: 5s for seconds, or ms, m or h"),
    Case(
      "checks: {web: {type: tcp, port: 0, prot: 1}}",
      "1:27: error: checks: web: \"port: 0\" is out of range; it can be 1 to 65535",
      "1:36: error: checks: web: \"prot\" is not a key; did you mean port?"),
    Case(
      "checks: {web: {type: http, path: }}",
      "1:28: error: checks: web: path has no value; write one right after it, or leave the key out"),
    Case("checks: {web: {type: [a]}}", "1:22: error: checks: web: type: text is needed"),
    Case(
      "checks: {web: {type: http, method: HEAD, body: ok}}",
      "1:42: error: checks: web: body has no effect with method: HEAD, whose responses have no content; write method: GET"
    ),
    Case(
      "checks: {a: {type: always}, A: {type: always}}",
      "1:29: error: checks: 'a' is defined twice, as letter case makes no difference"),
    Case(
      "checks: {db: {type: exec}}",
      "1:15: error: checks: db: check db has no command; write the program's path and its arguments, like command: [/usr/local/bin/probe, --quick]"
    ),
    Case(
      "checks: {db: {type: exec, command: probe}}",
      "1:36: error: checks: db: command: the program is named by its whole path, like [/usr/local/bin/notify, --quiet]"
    ),
    Case(
      "checks: {db: {type: tcp, port: 1, command: /probe}}",
      "1:10: error: checks: db: command has no effect on a check of type tcp; write type: exec, or leave it out"
    ),
    Case(
      "checks:\n  a:\n    type: tcp\n    type: http\n",
      "3:5: error: 'type' is set again further down; keep one"),
    // YAML itself
    Case(
      "listen: [::]:53",
      "1:10: error: not YAML: did not find expected node content; an address in brackets needs quotes: \"[::]:53\""
    ),
    Case("zones: 'z", "1:10: error: not YAML: found unexpected end of stream"),
    Case("zones: *a", "1:8: error: not YAML: found undefined alias"),
    Case("a\n", "1:1: error: settings are needed, each as 'key: value'"),
    Case("- zones", "1:1: error: settings are needed, each as 'key: value'"),
    Case("zones: a\n---\nzones: b", "2:1: error: not YAML: but found another document"),
    Case("zones: a\n\tuser: b", "2:1: error: not YAML: found a tab character that violates indentation"),
    Case("zones: a\u{1}b", "1:9: error: not YAML: control characters are not allowed"),
    // Where the server can be watched
    Case("http: 70000", "1:7: error: http: 70000 is not a port; write a number from 0 to 65535"),
    Case("http: 127.0.0.1", "1:7: error: http: '127.0.0.1' has no port; \(webForm)"),
    Case("http: '2001:db8::53'", "1:7: error: http: '2001:db8::53' has no port; \(webForm)"),
    Case("http: localhost:80", "1:7: error: http: 'localhost:80' is not an address with a port; \(webForm)"),
    Case("http: [9153, 127.0.0.1:9153]", "1:7: error: http: 127.0.0.1:9153 is listed twice"),
    Case("http: {hosts: a}", "1:7: error: http: listen: is needed, where to listen"),
    Case(
      "http: {listen: 1, hosts: 'a:1'}",
      "1:26: error: http: hosts: 'a:1' is no host's name; write it without a port"),
    // Several at once, in the order of the file
    Case(
      "threads: 0\nuser: ''\nlisten: [x, 127.0.0.1, y]\nfoo: 1",
      "1:10: error: threads: a number from 1 to 256 is needed, not 0",
      "2:7: error: user: the text is empty; leave 'user' away instead",
      "3:10: error: listen: \"x\" is not an IP address; \(form)",
      "3:24: error: listen: \"y\" is not an IP address; \(form)",
      "4:1: error: 'foo' is not a key; keys are \(allKeys)"),
  ]

  @Test(arguments: cases) func isReported(_ mistake: Case) {
    let lines = mistake.errors.map { "swiftlet.yaml:\($0)" }
    #expect {
      try ConfigurationFile.parse(mistake.text, file: "swiftlet.yaml")
    } throws: { error in
      let found = "\(error)".split(separator: "\n").map(String.init)
      if found != lines { Issue.record("\(found)") }
      return found == lines
    }
  }

  @Test func unreadableFile() {
    #expect {
      try ConfigurationFile.read("/nonexistent/swiftlet.yaml")
    } throws: { error in
      "\(error)"
        == "/nonexistent/swiftlet.yaml:1:1: error: cannot read the file: No such file or directory"
    }
  }

  @Test func notText() throws {
    let folder = TemporaryFolder()
    let file = folder.write("swiftlet.yaml", octets: [0x61, 0xff, 0x62])
    #expect {
      try ConfigurationFile.read(file)
    } throws: { error in
      "\(error)" == "\(file):1:1: error: the file is not UTF-8 text"
    }
  }
}
