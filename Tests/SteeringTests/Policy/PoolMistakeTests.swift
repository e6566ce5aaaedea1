import Testing

/// Owners and members that cannot be steered.
private let table = #"""
  _lb.www TXT "member=192.0.2.12"
  > 1:1: error: 192.0.2.12 is not an address of www.example.com.; write www.example.com. A 192.0.2.12, or leave the member out

  _lb.www TXT "member=2001:db8::11"
  > 1:1: error: 2001:db8::11 is not an address of www.example.com.; write www.example.com. AAAA 2001:db8::11, or leave the member out

  _lb.www TXT "member=192.0.2.10"
  _lb.www TXT "member=192.0.2.10" "weight=2"
  > 2:1: error: a second record for member 192.0.2.10; write all that is said of it in one

  _lb.www TXT "member=2001:db8::10"
  _lb.www TXT "member=2001:DB8:0::10"
  > 2:1: error: a second record for member 2001:db8::10; write all that is said of it in one

  _lb.www TXT "member=192.0.2.10" "member=192.0.2.11"
  > 1:1: error: a second member= in a record; write each member in a record of its own

  _lb.www TXT "member=192.0.2.10" "check=script"
  > 1:1: error: check= is of the whole pool; write it in a record without member=

  _lb.www TXT "weight=3"
  > 1:1: error: weight= is of a member; write it in the record of that member, after member=

  _lb.www TXT "membr=192.0.2.10 weight=3"
  > 1:1: error: "membr" is not a key; did you mean member=?

  _lb.www TXT "member=192.0.2.10 wieght=3"
  > 1:1: error: "wieght" is not a key; did you mean weight=?

  _lb.www TXT "member=192.0.2.10 weight=1000001"
  > 1:1: error: "weight=1000001" is out of range; it can be 0 to 1000000

  _lb.www TXT "member=192.0.2.10 weight=50%"
  > 1:1: error: "weight=50%" is not a whole number; it can be 0 to 1000000

  _lb.www TXT "member=192.0.2.10 tier=0"
  > 1:1: error: "tier=0" is out of range; it can be 1 to 1000

  _lb.www TXT "member=192.0.2.010"
  > 1:1: error: "member=192.0.2.010" is not an address; write it like 192.0.2.1 or 2001:db8::1

  _lb.www TXT "member=192.0.2.0/24"
  > 1:1: error: "member=192.0.2.0/24" is not an address; write it like 192.0.2.1 or 2001:db8::1

  _lb.www TXT "member=192.0.2.10."
  > 1:1: error: "member=192.0.2.10." is not an address; write it like 192.0.2.1 or 2001:db8::1

  _lb.www TXT "member=2001:db8::g"
  > 1:1: error: "member=2001:db8::g" is not an address; write it like 192.0.2.1 or 2001:db8::1

  _lb.www TXT "member=cdn.example.net."
  > 1:1: error: www.example.com. has addresses, and those are its members; cdn.example.net. can be a target only where there are none

  _lb.cdn TXT "member=cdn.example.net"
  > 1:1: error: "member=cdn.example.net" is not an address or a target, which ends with a dot; write it like member=cdn.example.net.

  _lb.cdn TXT "member=cdn..example.net."
  > 1:1: error: "member=cdn..example.net." is not a domain name: a label is empty; dots stand between labels, never two in a row or in front

  _lb.cdn TXT "member=a.example.net."
  _lb.cdn TXT "member=A.example.NET."
  > 2:1: error: a second record for member A.example.NET.; write all that is said of it in one

  _lb.cdn TXT "member=a.example.net."
  _lb.cdn TXT "member=192.0.2.10"
  > 2:1: error: cdn.example.com. has no A or AAAA records, and other members are targets; leave 192.0.2.10 out, or write addresses in place of targets

  _lb.cdn TXT "member=cdn.example.com."
  > 1:1: error: cdn.example.com. cannot be its own target; write another name

  _lb.cdn TXT "member=nowhere.example.com."
  > 1:1: warning: nowhere.example.com. is in this zone and does not exist

  _lb.cdn TXT "answers=2"
  _lb.cdn TXT "member=a.example.net."
  _lb.cdn TXT "member=b.example.net."
  > 1:1: error: answers=2, but of targets, which are answered as a CNAME, an answer can hold one; leave answers= out

  _lb.mail TXT "member=cdn.example.net."
  > 1:1: error: mail.example.com. has MX records, and targets are answered as a CNAME, which stands alone (RFC 1034 section 3.6.2); write A and AAAA records in place of targets

  _lb TXT "member=cdn.example.net."
  > 1:1: error: example.com. has SOA, NS records, and targets are answered as a CNAME, which stands alone (RFC 1034 section 3.6.2); write A and AAAA records in place of targets

  _lb.nothing TXT "answers=1"
  > 1:1: error: nothing.example.com. has no A or AAAA records to steer; write some, or members that are targets, like member=cdn.example.net.

  _lb.mail TXT "steer=up"
  > 1:1: error: mail.example.com. has no A or AAAA records to steer; write some, or members that are targets, like member=cdn.example.net.

  _lb.host.wild TXT "steer=up"
  > 1:1: error: host.wild.example.com. has no A or AAAA records, it is answered by *.wild.example.com.; write the policy at _lb.*.wild.example.com.

  _lb.alias TXT "steer=up"
  > 1:1: error: alias.example.com. is an alias; write the policy for the name that its CNAME leads to, or targets as members in place of the CNAME

  _lb.sub TXT "steer=up"
  > 1:1: error: sub.example.com. is delegated, so its addresses are glue, which is not steered; write the policy in the zone sub.example.com.

  _lb.ns.sub TXT "steer=up"
  > 1:1: error: ns.sub.example.com. is in the delegated zone sub.example.com.; write the policy there

  _lb.www.old TXT "steer=up"
  > 1:1: error: www.old.example.com. is below old.example.com., whose DNAME redirects all names below; write the policy for the name it leads to

  _lb.www TXT "check=web"
  > 1:1: error: check web is not defined; write web._check TXT "type=..." at the zone's apex

  _lb.www TXT "check=scritp"
  > 1:1: error: check scritp is not defined; did you mean script?

  _lb.www TXT "steer=nearest"
  _lb.www TXT "member=192.0.2.10 at=fra"
  > 1:1: warning: 3 of 4 members, 192.0.2.11 first, have no at=; stage nearest takes such members for the farthest
  > 2:1: error: location fra is not defined; write fra._at LOC or APL at the zone's apex

  _lb.www TXT "steer=nearest"
  _lb.www TXT "member=192.0.2.10 at=fran"
  fra._at LOC 50 06 37 N 8 40 55 E 112m
  > 1:1: warning: 3 of 4 members, 192.0.2.11 first, have no at=; stage nearest takes such members for the farthest
  > 2:1: error: location fran is not defined; did you mean fra?

  _lb.www TXT "member=192.0.2.10 weight=0"
  _lb.www TXT "member=192.0.2.11 weight=0"
  _lb.www TXT "member=198.51.100.20 weight=0"
  _lb.www TXT "member=2001:db8::10 weight=0"
  > 1:1: warning: all members have weight 0; give those that are to be answered a weight

  _lb.www TXT "answers=4"
  > 1:1: warning: answers=4 is above the number of members, 3; all of them are answered

  _lb.one TXT "answers=2"
  > 1:1: warning: answers=2 is above the number of members, 1; all of them are answered

  _lb.one TXT "steer=nearest"
  _lb.one TXT "member=192.0.2.1 at=fra.example"
  > 2:1: error: "at=fra.example" is not a name that can be defined; names are one label of letters, digits, - and _

  _lb.*.wild TXT "answers=2"
  > 1:1: warning: answers=2 is above the number of members, 1; all of them are answered

  _lb.cdn TXT "steer=up check=script ttl=30"
  _lb.cdn TXT "member=cdn.example.net. weight=x tier=y"
  > 2:1: error: "weight=x" is not a whole number; it can be 0 to 1000000
  > 2:1: error: "tier=y" is not a whole number; it can be 1 to 1000

  _lb.cdn TXT "member=\255.example.net."
  > 1:1: error: "member=�.example.net." is not a name in ASCII, with the xn-- form of other letters; write it like member=xn--bcher-kva.example.
  """#

@Test(arguments: Mistake.all(in: table))
func poolMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}

@Test(
  arguments: [
    ("A", "10.0.", "A records"), ("AAAA", "2001:db8::", "AAAA records"), ("TXT", "", "targets"),
  ])
func poolsOfMoreThanAThousandMembersAreReported(_ type: String, _ start: String, _ kind: String) throws {
  func zone(_ count: Int) -> String {
    var lines = [#"_lb.many TXT "steer=weighted""#]
    for number in 0..<count {
      switch type {
      case "A": lines.append("many A \(start)\(number / 256).\(number % 256)")
      case "AAAA": lines.append("many AAAA \(start)\(String(number, radix: 16))")
      default: lines.append(#"_lb.many TXT "member=m\#(number).example.net.""#)
      }
    }
    return lines.joined(separator: "\n")
  }
  #expect(try Mistake(zone: zone(1000), diagnostics: []).found() == [])
  #expect(
    try Mistake(zone: zone(1001), diagnostics: []).found() == [
      "1:1: error: many.example.com. has 1001 \(kind), but a policy can steer 1000; "
        + "spread them over several names"
    ])
}
