import DNSWire
import Steering
import TestSupport
import Testing
import Transport

@testable import Control

struct ConfigurationTests {
  @Test func everyKey() throws {
    let configuration = try ConfigurationFile.parse(
      """
      # A comment
      zones: /var/lib/zones
      listen: [192.0.2.1, "[2001:db8::1]:5353"]
      threads: 3
      user: nobody
      strict: true
      log-level: debug
      pid-file: /run/swiftlet.pid
      version: off
      identity: "off"
      nsid: fra1
      udp-size: 1400
      ecs: off
      locations:
        database: /var/lib/GeoIP/City.mmdb
      control: /run/swiftlet/other
      explain-from: [192.0.2.0/24, "2001:db8::1"]
      beats: {socket: /run/swiftlet/beats, token-file: /etc/swiftlet/token}
      state-file: /var/lib/swiftlet/state
      state-max-age: 30m
      isolation: 80%
      probes: off
      probe-budget: 200
      checks:
        Web: {type: https, host: www.example.com, path: "/healthz?a=b", interval: 5s, rise: 3}
        db:
          type: exec
          command: [/usr/local/bin/probe, "-q", 7]
          timeout: 900ms
        smtp: {type: tcp, port: 25, expect: "220 ", send: "QUIT\\r\\n"}
      on-change:
        command: [/usr/local/bin/notify, --quiet]
        post: http://127.0.0.1:8080/events
      query-log: {file: /var/log/swiftlet/queries, dnstap: /run/dnstap, sample: 100}
      """, file: "c")
    var expected = Configuration()
    expected.zones = "/var/lib/zones"
    expected.listen = [
      Endpoint(address: IPAddress(v4: 0xc000_0201), port: 53),
      Endpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1), port: 5353),
    ]
    expected.threads = 3
    expected.user = "nobody"
    expected.strict = true
    expected.logLevel = .debug
    expected.pidFile = "/run/swiftlet.pid"
    expected.version = .off
    expected.identity = .text("off")
    expected.nsid = "fra1"
    expected.udpSize = 1400
    expected.heedsSubnet = false
    expected.locations = LocationSource(database: "/var/lib/GeoIP/City.mmdb")
    expected.control = .path("/run/swiftlet/other")
    expected.explainFrom = [
      IPNetwork(IPAddress(v4: 0xc000_0200), length: 24),
      IPNetwork(IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1)),
    ]
    expected.beats = BeatDoor(socket: "/run/swiftlet/beats", tokenFile: "/etc/swiftlet/token")
    expected.stateFile = "/var/lib/swiftlet/state"
    expected.stateMaxAge = .seconds(1_800)
    expected.isolation = .share(0.8)
    expected.probes = false
    expected.probeBudget = 200
    expected.checks = Self.checks
    expected.onChange = EventTargets(
      command: ["/usr/local/bin/notify", "--quiet"], post: try PostAddress("http://127.0.0.1:8080/events"))
    expected.queryLog = QueryLogTargets(file: "/var/log/swiftlet/queries", dnstap: "/run/dnstap", sample: 100)
    #expect(configuration == expected)
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "{}", "~"]) func emptyFile(_ text: String) throws {
    #expect(try ConfigurationFile.parse(text, file: "c") == Configuration())
  }

  private static var checks: [CheckDefinition] {
    var http = HTTPProbe()
    http.host = "www.example.com"
    http.path = "/healthz?a=b"
    var web = CheckDefinition(name: "web", probe: .https(http, .system))
    web.port = 443
    web.interval = .seconds(5)
    web.rise = 3
    var database = CheckDefinition(
      name: "db", probe: .exec(command: ["/usr/local/bin/probe", "-q", "7"]))
    database.timeout = .milliseconds(900)
    var smtp = CheckDefinition(
      name: "smtp", probe: .tcp(send: Array("QUIT\r\n".utf8), expect: Array("220 ".utf8)))
    smtp.port = 25
    return [web, database, smtp]
  }

  @Test(
    arguments: [("off", .off), ("1", .share(1)), ("0.25", .share(0.25)), ("12.5%", .share(0.125))]
      as [(String, Configuration.Isolation)])
  func isolation(_ text: String, _ isolation: Configuration.Isolation) throws {
    #expect(try ConfigurationFile.parse("isolation: \(text)", file: "c").isolation == isolation)
  }

  @Test(
    arguments: [("off", .off), ("\"off\"", .path("off")), ("./off", .path("./off"))]
      as [(String, ControlPlace)])
  func controlPlaces(_ text: String, _ place: ControlPlace) throws {
    #expect(try ConfigurationFile.parse("control: \(text)", file: "c").control == place)
  }

  @Test func oneAddressInPlaceOfAList() throws {
    let configuration = try ConfigurationFile.parse("listen: 127.0.0.1:5300", file: "c")
    #expect(configuration.listen == [Endpoint(address: IPAddress(v4: 0x7f00_0001), port: 5300)])
  }

  @Test func flagsWin() {
    var file = Configuration()
    file.zones = "file"
    file.threads = 1
    file.nsid = "file"
    file.strict = false
    var flags = Configuration()
    flags.zones = "flags"
    flags.strict = true
    let merged = flags.merged(over: file)
    #expect(merged.zones == "flags")
    #expect(merged.strict == true)
    #expect(merged.threads == 1)
    #expect(merged.nsid == "file")
  }

  @Test func relativePathsStartFromTheFile() throws {
    let folder = TemporaryFolder()
    let file = folder.write(
      "swiftlet.yaml",
      "zones: zones\npid-file: /run/x.pid\ncontrol: control\nstate-file: state\nbeats: {socket: b, token-file: /t}\n"
        + "query-log: {file: q, dnstap: d}"
    )
    let configuration = try ConfigurationFile.read(file)
    #expect(configuration.zones == "\(folder.path)/zones")
    #expect(configuration.pidFile == "/run/x.pid")
    #expect(configuration.control == .path("\(folder.path)/control"))
    #expect(configuration.stateFile == "\(folder.path)/state")
    #expect(configuration.beats == BeatDoor(socket: "\(folder.path)/b", tokenFile: "/t"))
    #expect(configuration.queryLog == QueryLogTargets(file: "\(folder.path)/q", dnstap: "\(folder.path)/d"))
  }

  @Test func defaults() {
    let settings = ServerSettings(Configuration(), zones: "z")
    #expect(settings.listen.map(\.description) == ["0.0.0.0:53", "[::]:53"])
    #expect(settings.threads >= 1)
    #expect(settings.answers.udpSize == 1232)
    #expect(settings.answers.version == Array("swiftlet \(Version.text)".utf8))
    #expect(settings.answers.identity == nil)
    #expect(settings.answers.nsid.isEmpty)
    #expect(settings.answers.explainFrom.map(\.description) == ["127.0.0.0/8", "::1"])
    #expect(!settings.strict)
    #expect(settings.user == nil)
    #expect(settings.control == nil)
    #expect(settings.isolation == 0.7)
    #expect(settings.stateFile == nil)
    #expect(settings.stateMaxAge == .seconds(3_600))
    #expect(settings.probeBudget == 1_000)
    #expect(settings.onChange == nil)
    #expect(settings.shared.checks.isEmpty)
  }

  @Test(arguments: [("off", []), ("192.0.2.7", ["192.0.2.7"]), ("0.0.0.0/0", ["0.0.0.0/0"])])
  func explainFrom(_ value: String, _ networks: [String]) throws {
    let configuration = try ConfigurationFile.parse("explain-from: \(value)", file: "c")
    let settings = ServerSettings(configuration, zones: "z")
    #expect(settings.answers.explainFrom.map(\.description) == networks)
    #expect(Configuration().merged(over: configuration) == configuration)
  }

  @Test func versionCanBeHidden() {
    var configuration = Configuration()
    configuration.version = .off
    configuration.identity = .text("ns1")
    let settings = ServerSettings(configuration, zones: "z")
    #expect(settings.answers.version == nil)
    #expect(settings.answers.identity == Array("ns1".utf8))
  }
}
