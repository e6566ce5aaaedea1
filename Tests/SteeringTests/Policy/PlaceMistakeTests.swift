import Testing

/// Records where no policy is written, and definitions that nobody needs.
private let table = #"""
  _lb.www TXT "steer=up"
  _lb.www TXT "steer=up"
  > 2:1: warning: duplicate TXT record of _lb.www.example.com.: dropped; delete this line

  _lb.www TXT "member=192.0.2.10" "weight=2"
  _LB.www 5 TXT "member=192.0.2.10" "weight=2"
  _lb.www TXT "member=192.0.2.10" "weight=2"
  > 2:1: warning: duplicate TXT record of _LB.www.example.com.: dropped; delete this line
  > 3:1: warning: duplicate TXT record of _lb.www.example.com.: dropped; delete this line

  _lb.www TXT "member=192.0.2.10" "weight=2"
  _lb.www TXT "member=192.0.2.10 weight=2"
  > 2:1: error: a second record for member 192.0.2.10; write all that is said of it in one

  _lb.www A 192.0.2.10
  _lb.www A 192.0.2.10
  > 1:1: error: A records have no meaning at _lb.www.example.com.; write policy there as TXT "KEY=VALUE"
  > 2:1: warning: duplicate A record of _lb.www.example.com.: dropped; delete this line

  _lb.www TXT "check=web"
  web._check TXT "type=icmp"
  web._check TXT "type=icmp"
  > 3:1: warning: duplicate TXT record of web._check.example.com.: dropped; delete this line

  _lb.www TXT "steer=nearest"
  _lb.www TXT "member=192.0.2.10 at=fra"
  _lb.www TXT "member=192.0.2.11 at=nyc"
  _lb.www TXT "member=198.51.100.20 at=nyc"
  _lb.www TXT "member=2001:db8::10 at=nyc"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  nyc._at LOC 40 42 46 N 74 00 21 W 10m
  > 7:1: warning: duplicate LOC record of fra._at.example.com.: dropped; delete this line

  _lb.www A 192.0.2.10
  > 1:1: error: A records have no meaning at _lb.www.example.com.; write policy there as TXT "KEY=VALUE"

  x._lb.www TXT "steer=up"
  > 1:1: error: a policy stands at _lb and its owner's name; write it at _lb.x.www.example.com.

  _lb.web._check TXT "steer=up"
  > 1:1: error: web._check.example.com. holds policy itself and has no addresses to steer

  _lb._lb.www TXT "steer=up"
  > 1:1: error: _lb.www.example.com. holds policy itself and has no addresses to steer

  script._check TXT "type=icmp"
  _lb.www TXT "check=script"
  > 1:1: warning: check script is defined in the server's configuration, too; in this zone, the zone's own is used

  _check TXT "type=icmp"
  > 1:1: error: _check needs one label in front, which is the name to define; write NAME._check.example.com.

  web._check.www TXT "type=icmp"
  > 1:1: error: _check stands directly below the zone's apex; write web._check.example.com.

  a.b._check TXT "type=icmp"
  > 1:1: error: _check needs one label in front, which is the name to define; write NAME._check.example.com.

  w\.b._check TXT "type=icmp"
  > 1:1: error: "w.b" cannot be defined; names are one label of letters, digits, - and _

  web._check A 192.0.2.1
  > 1:1: error: A records have no meaning at web._check.example.com.; write policy there as TXT "KEY=VALUE"

  web._check TXT "type=icmp"
  > 1:1: warning: check web is never used; name it in a policy with check=web, or leave it out

  fra._at A 192.0.2.1
  > 1:1: error: A records have no meaning at fra._at.example.com.; write policy there as LOC, APL or TXT

  fra._at.www LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: _at stands directly below the zone's apex; write fra._at.example.com.

  _at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: _at needs one label in front, which is the name to define; write NAME._at.example.com.

  a.fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: error: _at needs one label in front, which is the name to define; write NAME._at.example.com.

  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: warning: location fra is never used; name it in a member's record with at=fra, or leave it out

  lab._at LOC 50 06 37 N 8 40 55 E 112m
  _lb.one TXT "steer=nearest"
  _lb.one TXT "member=192.0.2.1 at=lab"
  > 1:1: warning: location lab is defined in the server's configuration, too; in this zone, the zone's own is used

  _lb.www MX 10 www
  _lb.www TXT "answers=2"
  > 1:1: error: MX records have no meaning at _lb.www.example.com.; write policy there as TXT "KEY=VALUE"

  sub._lb TXT "answers=2"
  > 1:1: error: a policy stands at _lb and its owner's name; write it at _lb.sub.example.com.

  _lb.ab.sub TXT "answers=2"
  > 1:1: error: ab.sub.example.com. is in the delegated zone sub.example.com.; write the policy there
  """#

@Test(arguments: Mistake.all(in: table))
func placeMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}
