import Glibc
import Health
import Steering
import TestSupport
import Testing

@testable import Probing

private func id(_ number: Int) -> Target.ID { Target.ID(rawValue: number) }

/// Probes of a real web server. Left out where there is none.
@Suite(.enabled(if: access(TestNginx.path, X_OK) == 0)) struct NginxTests {
  private func probe(_ path: String, _ change: (inout HTTPProbe) -> Void = { _ in }) -> HTTPProbe {
    var probe = HTTPProbe()
    probe.path = path
    change(&probe)
    return probe
  }

  @Test func responsesAreJudged() throws {
    let nginx = try TestNginx(
      [
        (
          false,
          """
          root .;
          location = /up { add_header endpoint-load-metrics "TEXT application_utilization=0.5"; return 200 "all well\\n"; }
          location = /down { return 503; }
          location = /moved { return 301 /up; }
          location = /host { return 200 "$http_host $request_method $http_x_probe"; }
          location = /chunked.html { ssi on; }
          """
        )
      ],
      files: [
        "chunked.html": Array(
          "<!--# set var=\"a\" value=\"x\" -->\(String(repeating: "filler ", count: 5_000))all <!--# echo var=\"a\" --> well"
            .utf8)
      ])
    let port = nginx.ports[0]
    let cases: [(HTTPProbe, Reason)] = [
      (probe("/up"), Reason(.success, "200")),
      (probe("/up") { $0.body = Array("all well".utf8) }, Reason(.success, "200, found what was expected")),
      (probe("/up") { $0.method = .head }, Reason(.success, "200")),
      (probe("/down"), Reason(.code, "503 in place of 200-299")),
      (probe("/down") { $0.expected = [500...599] }, Reason(.success, "503")),
      (probe("/moved"), Reason(.code, "301 in place of 200-299")),
      (probe("/missing"), Reason(.code, "404 in place of 200-299")),
      (
        probe("/host") {
          $0.host = "www.example.com"
          $0.method = .post
          $0.field = HTTPProbe.Field(name: "X-Probe", value: "me")
          $0.body = Array("www.example.com:\(port) POST me".utf8)
        }, Reason(.success, "200, found what was expected")
      ),
      (
        probe("/chunked.html") { $0.body = Array("all x well".utf8) },
        Reason(.success, "200, found what was expected")
      ),
      (
        probe("/chunked.html") { $0.body = Array("all y well".utf8) },
        Reason(.content, "body=all y well is not in the 35010 octets of the content")
      ),
    ]
    for (probe, reason) in cases {
      let result = try TestProber.result(of: CheckDefinition(.http(probe), port: port))
      #expect(result.reason == reason)
      #expect(result.report.load == (probe.path == "/up" ? 0.5 : nil))
    }
  }

  @Test(arguments: ["TLSv1.2", "TLSv1.3"]) func certificatesAreVerified(version: String) throws {
    let authority = try TestAuthority()
    let folder = TemporaryFolder()
    let trusted = folder.write("ca.pem", octets: try authority.pem())
    let good = try authority.identity(for: "DNS:www.example.com").pem()
    let expired = try authority.identity(for: "DNS:www.example.com", days: -2).pem()
    func server(_ name: String) -> (Bool, String) {
      (
        true,
        "ssl_certificate \(name).pem; ssl_certificate_key \(name).key; ssl_protocols \(version); "
          + "location / { return 200 \"$ssl_server_name $ssl_protocol\"; }"
      )
    }
    let nginx = try TestNginx(
      [server("good"), server("expired"), (false, "return 200;")],
      files: [
        "good.pem": good.certificate, "good.key": good.key, "expired.pem": expired.certificate,
        "expired.key": expired.key,
      ])
    let right = probe("/") {
      $0.host = "www.example.com"
      $0.body = Array("www.example.com \(version)".utf8)
    }
    let wrong = probe("/") { $0.host = "other.example.com" }
    let cases: [(HTTPProbe, TLSVerification, Int, Reason)] = [
      (right, .authorities(trusted), 0, Reason(.success, "200, found what was expected")),
      (
        right, .system, 0,
        Reason(.certificate, "certificate for www.example.com: unable to get local issuer certificate")
      ),
      (right, .none, 0, Reason(.success, "200, found what was expected")),
      (
        wrong, .authorities(trusted), 0,
        Reason(.certificate, "certificate for other.example.com: hostname mismatch")
      ),
      (
        right, .authorities(trusted), 1,
        Reason(.certificate, "certificate for www.example.com: certificate has expired")
      ),
      (right, .none, 1, Reason(.success, "200, found what was expected")),
      (right, .authorities(trusted), 2, Reason(.tls, "no TLS session: wrong version number")),
    ]
    for (probe, verification, server, reason) in cases {
      var check = CheckDefinition(.https(probe, verification), port: nginx.ports[server])
      check.timeout = .seconds(1)
      let result = try TestProber.result(of: check)
      #expect(result.reason == reason)
      let days = result.certificateExpiry.map { Double($0 - Int64(time(nil))) / 86_400 }
      #expect(days.map { ($0 + 0.5).rounded(.down) } == [10, -2, nil][server])
    }
  }

  /// Stopped, gone on, killed.
  @Test func failuresAreNoticed() throws {
    let nginx = try TestNginx([(false, "return 200;")])
    let prober = try TestProber()
    var check = CheckDefinition(.http(probe("/")), port: nginx.ports[0])
    check.interval = .milliseconds(100)
    check.timeout = .milliseconds(100)
    prober.prober.update(add: [(id(0), try TestProber.target(check))])
    func next(_ reason: Reason) throws -> Duration {
      let begin = Moment.now
      for _ in 0..<100 {
        let count = prober.results(of: 0).count
        if try prober.wait(for: count + 1).last?.reason == reason { break }
      }
      return Moment.now - begin
    }
    _ = try next(Reason(.success, "200"))
    nginx.process.signal(SIGSTOP)
    #expect(try next(Reason(.timeout, "the response took longer than 100ms")) < .seconds(1))
    nginx.process.signal(SIGCONT)
    #expect(try next(Reason(.success, "200")) < .seconds(1))
    nginx.process.signal(SIGKILL)
    #expect(try next(Reason(.refused, "connection refused")) < .seconds(1))
  }
}
