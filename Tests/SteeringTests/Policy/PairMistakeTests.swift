import Testing

/// Keys and values of `_lb` records that cannot be read.
private let table = #"""
  _lb.www TXT "foo=bar"
  > 1:1: error: "foo" is not a key; there are check, steer, answers, fail, ttl, panic, default-at, member, weight, at, tier

  _lb.www TXT "chekc=script"
  > 1:1: error: "chekc" is not a key; did you mean check=?

  _lb.www TXT "check"
  > 1:1: error: "check" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "=up"
  > 1:1: error: "=up" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "answers="
  > 1:1: error: answers= has no value; write one right after it, or leave the key out

  _lb.www TXT ""
  > 1:1: error: an empty string says nothing; write KEY=VALUE or leave it out

  _lb.www TXT "  " "answers=2"
  > 1:1: error: an empty string says nothing; write KEY=VALUE or leave it out

  _lb.www TXT "steer=up, weighted"
  > 1:1: error: "weighted" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "answers = 2"
  > 1:1: error: "answers" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "answers= 2"
  > 1:1: error: "2" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "answers=2 ANSWERS=3"
  > 1:1: error: answers= is said twice; write it once

  _lb.www TXT "answers=2"
  _lb.www TXT "answers=3"
  > 2:1: error: answers= is said twice; write it once

  _lb.www TXT "answers=two"
  > 1:1: error: "answers=two" is not a whole number; it can be 1 to 65535

  _lb.www TXT "answers=0"
  > 1:1: error: "answers=0" is out of range; it can be 1 to 65535

  _lb.www TXT "answers=-1"
  > 1:1: error: "answers=-1" is out of range; it can be 1 to 65535

  _lb.www TXT "answers=99999999999999999999"
  > 1:1: error: "answers=99999999999999999999" is out of range; it can be 1 to 65535

  _lb.www TXT "answers=2.5"
  > 1:1: error: "answers=2.5" is not a whole number; it can be 1 to 65535

  _lb.www TXT "ttl=5m"
  > 1:1: error: "ttl=5m" is not a TTL in seconds or bounds of one; write it like ttl=30, ttl=5..60, ttl=5.. or ttl=..60

  _lb.www TXT "ttl=60..5"
  > 1:1: error: "ttl=60..5" has its lowest value last; write ttl=5..60

  _lb.www TXT "ttl=.."
  > 1:1: error: "ttl=.." is not a TTL in seconds or bounds of one; write it like ttl=30, ttl=5..60, ttl=5.. or ttl=..60

  _lb.www TXT "ttl=5...60"
  > 1:1: error: "ttl=5...60" is not a TTL in seconds or bounds of one; write it like ttl=30, ttl=5..60, ttl=5.. or ttl=..60

  _lb.www TXT "ttl=2147483648"
  > 1:1: error: "ttl=2147483648" is out of range; it can be 0 to 2147483647 seconds

  _lb.www TXT "fail=Open"
  > 1:1: error: "fail=Open" is not known; did you mean fail=open?

  _lb.www TXT "fail=servfail"
  > 1:1: error: "fail=servfail" is not known; it can be open, closed, last

  _lb.www TXT "steer=tier,weighted panic=0%"
  > 1:1: error: "panic=0%" is out of range; it can be 1% to 100%

  _lb.www TXT "steer=tier,weighted panic=101%"
  > 1:1: error: "panic=101%" is out of range; it can be 1% to 100%

  _lb.www TXT "steer=tier,weighted panic=0.5"
  > 1:1: error: "panic=0.5" is not a share of a tier or a count of members; write it like panic=50% or panic=2

  _lb.www TXT "steer=tier,weighted panic=0"
  > 1:1: error: "panic=0" is out of range; it can be 1 to 65535 members, or 1% to 100%

  _lb.www TXT "steer=tier,weighted panic=half"
  > 1:1: error: "panic=half" is not a share of a tier or a count of members; write it like panic=50% or panic=2

  _lb.www TXT "check=web.example.com"
  > 1:1: error: "check=web.example.com" is not a name that can be defined; names are one label of letters, digits, - and _

  _lb.www TXT "a\000b\010c=d"
  > 1:1: error: "a?b?c" is not a key; there are check, steer, answers, fail, ttl, panic, default-at, member, weight, at, tier

  _lb.www TXT "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=b"
  > 1:1: error: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." is not a key; there are check, steer, answers, fail, ttl, panic, default-at, member, weight, at, tier

  _lb.www TXT "steer=up, tier, weighted answers=2"
  > 1:1: error: "tier," is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "answers=2" "ttl"
  > 1:1: error: "ttl" is not KEY=VALUE; write pairs with spaces between them, and no space beside = or after a comma

  _lb.www TXT "check=script" "check=web"
  > 1:1: error: check= is said twice; write it once

  _lb.www TXT "\255\254=1"
  > 1:1: error: "��" is not a key; there are check, steer, answers, fail, ttl, panic, default-at, member, weight, at, tier
  """#

@Test(arguments: Mistake.all(in: table))
func pairMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}
