import DNSWire
import Steering
import Testing

/// Strings of a `_check` record, and what they define.
private struct CheckReading: CustomTestStringConvertible {
  let strings: String
  let check: CheckDefinition

  var testDescription: String { strings }

  init(
    _ strings: String, _ probe: Probe, port: UInt16? = nil,
    _ change: (inout CheckDefinition) -> Void = { _ in }
  ) {
    self.strings = strings
    var check = CheckDefinition(name: "web", probe: probe)
    check.port = port
    change(&check)
    self.check = check
  }
}

private func http(_ change: (inout HTTPProbe) -> Void = { _ in }) -> HTTPProbe {
  var probe = HTTPProbe()
  change(&probe)
  return probe
}

private func dns(_ query: String, _ change: (inout DNSProbe) -> Void = { _ in }) -> DNSProbe {
  var probe = DNSProbe(query: name(query))
  change(&probe)
  return probe
}

private let checkReadings = [
  CheckReading(#""type=always""#, .always),
  CheckReading(#""type=icmp""#, .icmp),
  CheckReading(#""TYPE=icmp" "Start=down" "SLOW-START=2m""#, .icmp) {
    $0.startsUp = false
    $0.slowStart = .seconds(120)
  },
  CheckReading(#""type=icmp interval=500ms""#, .icmp) {
    $0.interval = .milliseconds(500)
    $0.timeout = .milliseconds(500)
  },
  CheckReading(#""type=icmp interval=1h timeout=1h rise=1 fall=100 slow-start=0s start=up""#, .icmp) {
    $0.interval = .seconds(3600)
    $0.timeout = .seconds(3600)
    $0.rise = 1
    $0.fall = 100
  },
  CheckReading(#""type=heartbeat interval=10s""#, .heartbeat) { $0.interval = .seconds(10) },
  CheckReading(#""type=tcp port=25""#, .tcp(send: [], expect: []), port: 25),
  CheckReading(
    #""type=tcp port=6379 send=PING\013\010 expect=+PONG""#,
    .tcp(send: Array("PING\r\n".utf8), expect: Array("+PONG".utf8)), port: 6379),
  CheckReading(
    #""type=tcp port=25" "expect=220 mail is  here " "send=EHLO me""#,
    .tcp(send: Array("EHLO me".utf8), expect: Array("220 mail is  here".utf8)), port: 25),
  CheckReading(#""type=tcp port=9" "send=\000\255""#, .tcp(send: [0, 255], expect: []), port: 9),
  CheckReading(#""type=agent port=9999""#, .agent(send: []), port: 9999),
  CheckReading(#""type=agent port=9999 send=web""#, .agent(send: Array("web".utf8)), port: 9999),
  CheckReading(#""type=http""#, .http(http()), port: 80),
  CheckReading(
    #""type=http port=8080 method=HEAD path=/a?b=c%20d host=192.0.2.1 expect=200,301-303""#,
    .http(
      http {
        $0.method = .head
        $0.path = "/a?b=c%20d"
        $0.host = "192.0.2.1"
        $0.expected = [200...200, 301...303]
      }), port: 8080),
  CheckReading(
    #""type=http" "header=X-Probe: a b: c" "body=all is = well""#,
    .http(
      http {
        $0.field = .init(name: "X-Probe", value: "a b: c")
        $0.body = Array("all is = well".utf8)
      }), port: 80),
  CheckReading(
    #""type=http header=X-Probe:1""#, .http(http { $0.field = .init(name: "X-Probe", value: "1") }), port: 80),
  CheckReading(#""type=https verify=off""#, .https(http(), .none), port: 443),
  CheckReading(
    #""type=https host=www.example.com ca=/etc/ssl/ca.pem verify=on""#,
    .https(http { $0.host = "www.example.com" }, .authorities("/etc/ssl/ca.pem")), port: 443),
  CheckReading(#""type=dns query=.""#, .dns(dns(".")), port: 53),
  CheckReading(
    #""type=dns query=www.example.com. qtype=mx rcode=noerror" "answer=10 mail.example.com.""#,
    .dns(
      dns("www.example.com.") {
        $0.type = .mx
        $0.answer = "10 mail.example.com."
      }), port: 53),
  CheckReading(
    #""type=dns query=www.example.com. qtype=TYPE65280 rcode=REFUSED port=5353""#,
    .dns(
      dns("www.example.com.") {
        $0.type = RRType(rawValue: 65280)
        $0.rcode = .refused
      }), port: 5353),
]

@Test(arguments: checkReadings)
private func checksAreRead(_ reading: CheckReading) throws {
  let policies = try read("web._check TXT \(reading.strings)\n_lb.www TXT \"check=web\"")
  #expect(policies.checks == [reading.check])
}

/// Records of the location bar, and what they define.
private let locationReadings: [(records: String, change: @Sendable (inout LocationDefinition) -> Void)] = [
  (
    "bar._at LOC 90 0 0 N 180 0 0 W 0m",
    {
      $0.latitude = 90
      $0.longitude = -180
    }
  ),
  (
    "bar._at LOC 45 30 0 S 0 15 0 E 0m",
    {
      $0.latitude = -45.5
      $0.longitude = 0.25
    }
  ),
  (
    "BAR._at APL 1:0.0.0.0/0 !1:192.0.2.0/24\nbar._at APL 2:::/0",
    {
      $0.networks = [
        .init(address("0.0.0.0"), length: 0), .init(address("192.0.2.0"), length: 24, isNegated: true),
        .init(address("::"), length: 0),
      ]
    }
  ),
  (
    "bar._at APL 1:192.0.2.1/32 2:2001:db8::1/128",
    { $0.networks = [.init(address("192.0.2.1"), length: 32), .init(address("2001:db8::1"), length: 128)] }
  ),
  (
    #"bar._at TXT "country=DE,XK continent=AF""#,
    {
      $0.countries = ["DE", "XK"]
      $0.continents = ["AF"]
    }
  ),
]

@Test(arguments: locationReadings.indices)
func locationsAreRead(_ index: Int) throws {
  let reading = locationReadings[index]
  let use = #"_lb.one TXT "steer=nearest"\#n_lb.one TXT "member=192.0.2.1 at=bar""#
  var expected = LocationDefinition(name: "bar")
  reading.change(&expected)
  #expect(try read("\(reading.records)\n\(use)").locations == [expected])
}
