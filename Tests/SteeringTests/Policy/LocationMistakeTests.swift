import Testing

/// Locations that are nowhere, or own what they cannot.
private let table = ##"""
  bar._at LOC 50 06 37 N 8 40 55 E 112m
  bar._at LOC 40 42 46 N 74 00 21 W 10m
  > 2:1: error: a second LOC record for the location; a location is in one place

  bar._at LOC \# 16 01121613 8ac26208 81dd0f98 00989b40
  > 1:1: error: the data of the LOC record is no place on earth, or of a version other than 0

  bar._at LOC \# 16 00121613 ffffffff 81dd0f98 00989b40
  > 1:1: error: the data of the LOC record is no place on earth, or of a version other than 0

  bar._at APL 1:192.0.2.1/24
  > 1:1: error: 1:192.0.2.1/24 has address bits beyond its length; write 1:192.0.2.0/24

  bar._at APL 2:2001:db8::1/32
  > 1:1: error: 2:2001:db8::1/32 has address bits beyond its length; write 2:2001:db8::/32

  bar._at APL 2:::ffff:192.0.2.0/120
  > 1:1: error: 2:::ffff:192.0.2.0/120 is a network of IPv4 addresses; write 1:192.0.2.0/24

  bar._at APL !2:64:ff9b::192.0.2.0/120 2:64:ff9b::/32
  > 1:1: error: !2:64:ff9b::c000:200/120 is a network of IPv4 addresses; write !1:192.0.2.0/24

  bar._at APL 2:::ffff:192.0.2.0/90
  > 1:1: error: 2:::ffff:192.0.2.0/90 has address bits beyond its length; write the address with zeros there

  bar._at APL 1:192.0.2.0/24 1:192.0.2.0/24
  > 1:1: error: 1:192.0.2.0/24 is said twice; write it once

  bar._at APL 1:192.0.2.0/24 !1:192.0.2.0/24
  > 1:1: error: 1:192.0.2.0/24 is both of the location and, with !, not of it; leave one of them out

  bar._at APL 1:192.0.2.0/24 !1:198.51.100.0/25
  > 1:1: error: !1:198.51.100.0/25 has no effect, as it is in no other network of the location; write that one, too, or leave this out

  bar._at APL
  > 1:1: error: an APL record without a network says nothing; write one, like 1:192.0.2.0/24, or leave the record out

  bar._at APL \# 4 00030000
  > 1:1: error: address family 3 is not known; write 1 for IPv4 or 2 for IPv6

  bar._at APL \# 4 00012100
  > 1:1: error: the data of the APL record is not a list of IPv4 and IPv6 networks

  bar._at APL \# 6 00011803 c000
  > 1:1: error: the data of the APL record is not a list of IPv4 and IPv6 networks

  bar._at TXT "country=UK"
  > 1:1: error: "country=UK" is not a list of country codes (ISO 3166-1, upper case); did you mean GB?

  bar._at TXT "country=de"
  > 1:1: error: "country=de" is not a list of country codes (ISO 3166-1, upper case); did you mean DE?

  bar._at TXT "country=XX"
  > 1:1: error: "country=XX" is not a list of country codes (ISO 3166-1, upper case); write it like country=DE,AT

  bar._at TXT "country=EU"
  > 1:1: error: "country=EU" has a continent in it; write it with continent=

  bar._at TXT "country=DE,DE"
  > 1:1: error: country= has DE twice; write it once

  bar._at TXT "country=DE,"
  > 1:1: error: "country=DE," is not a list of country codes (ISO 3166-1, upper case); write it like country=DE,AT

  bar._at TXT "continent=europe"
  > 1:1: error: "continent=europe" is not a list of continents; did you mean EU?

  bar._at TXT "continent=XX"
  > 1:1: error: "continent=XX" is not a list of continents; there are AF, AN, AS, EU, NA, OC, SA

  bar._at TXT "contry=DE"
  > 1:1: error: "contry" is not a key; did you mean country=?

  bar._at TXT "country=DE" "country=AT"
  > 1:1: error: country= is said twice; write it once

  bar._at TXT "default=yes"
  > 1:1: error: "default" is not a key; there are country, continent

  bar._at APL 1:192.0.2.0/24
  foo._at APL 1:192.0.2.0/24
  > 2:1: error: 1:192.0.2.0/24 is of location bar and of foo; it can be of one
  > 2:1: warning: location foo is never used; name it in a member's record with at=foo, or leave it out

  bar._at TXT "country=DE,AT"
  foo._at TXT "country=AT continent=EU"
  baz._at TXT "continent=EU"
  > 2:1: error: country=AT is of location bar and of foo; it can be of one
  > 2:1: warning: location foo is never used; name it in a member's record with at=foo, or leave it out
  > 3:1: error: continent=EU is of location foo and of baz; it can be of one
  > 3:1: warning: location baz is never used; name it in a member's record with at=baz, or leave it out
  """##

/// What needs the definition, so that the mistake is all there is to say.
private let use = ##"""
  _lb.one TXT "steer=nearest"
  _lb.one TXT "member=192.0.2.1 at=bar"
  """##

@Test(arguments: Mistake.all(in: table, before: use))
func locationMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}
