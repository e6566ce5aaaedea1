import TestSupport

@testable import Control

/// A zone of pools for tests, in a folder of its own.
struct PoolZone {
  private static let text = """
    \(ZoneText.head)
    web._check IN TXT "type=agent port=80"
    fra._at IN LOC 50 6 37 N 8 40 55 E 112m
    fra._at IN APL 1:203.0.113.0/24
    nyc._at IN LOC 40 42 46 N 74 0 21 W 10m
    nyc._at IN TXT "country=US"
    www IN A 192.0.2.10
    www IN A 192.0.2.11
    www IN A 192.0.2.12
    _lb.www IN TXT "member=192.0.2.10" "weight=5"
    _lb.www IN TXT "member=192.0.2.11" "weight=3"
    _lb.www IN TXT "member=192.0.2.12" "weight=2"
    *.s IN A 192.0.2.20
    *.s IN A 192.0.2.21
    _lb.*.s IN TXT "steer=hash:client"
    *.n IN A 192.0.2.20
    *.n IN A 192.0.2.21
    _lb.*.n IN TXT "steer=hash:name"
    _lb.cdn IN TXT "steer=tier,weighted"
    _lb.cdn IN TXT "member=one.example.net."
    _lb.cdn IN TXT "member=two.example.net." "tier=2"
    closed IN A 192.0.2.40
    _lb.closed IN TXT "steer=up,weighted" "fail=closed" "check=web"
    last IN A 192.0.2.41
    _lb.last IN TXT "steer=up,tier,weighted fail=last check=web panic=50% answers=2 ttl=..30"
    place IN A 192.0.2.50
    place IN A 192.0.2.51
    place IN AAAA 2001:db8::50
    _lb.place IN TXT "steer=nearest,fence,shed"  "check=web"
    _lb.place IN TXT "member=192.0.2.50 at=fra"
    _lb.place IN TXT "member=192.0.2.51 at=nyc"
    _lb.place IN TXT "member=2001:db8::50 at=nyc"
    dice IN A 192.0.2.60
    dice IN A 192.0.2.61
    _lb.dice IN TXT "steer=random"
    busy IN A 192.0.2.70
    busy IN A 192.0.2.71
    _lb.busy IN TXT "check=web steer=fastest,weighted-least-conn,weighted"
    plain IN A 192.0.2.30
    plain IN A 192.0.2.31
    alias IN CNAME www
    sub IN NS ns1.sub
    ns1.sub IN A 192.0.2.54
    old IN DNAME new

    """

  let folder = TemporaryFolder()

  init() { folder.write("example.com.zone", Self.text) }

  /// About a name of the zone.
  func question(
    _ name: String, type: String? = nil, down: [String] = [], set: [String] = [], nearest: String? = nil,
    owner: String? = nil
  ) -> PoolQuestion {
    var question = PoolQuestion(path: folder.path, name: "\(name).example.com", type: type)
    question.down = down
    question.settings = set
    question.nearest = nearest
    question.owner = owner
    return question
  }
}
