/// The zones that are asked about: all that the walk through them can meet.
enum FuzzedZones {
  private static let soa = "$TTL 300\n@ SOA ns hostmaster 1 7200 900 1209600 60\n"

  /// Zones that lead into one another; nil: a zone without usable data.
  static let linked: [(apex: String, text: String?)] = [
    ("example.", soa + example + names + large),
    ("sub.example.", soa + subExample),
    ("broken.example.", nil),
    ("net.", soa + net),
    ("a.very.deep.apex.net.", soa + "@ NS ns\nns A 192.0.2.1\n* A 192.0.2.2\nup CNAME a.very.deep.net.\n"),
    ("2.0.192.in-addr.arpa.", soa + "@ NS ns.example.\n$GENERATE 1-20 $ PTR host-$.example.\n"),
  ]

  /// A zone above all others, so that no name is refused, and some below it.
  static let rooted: [(apex: String, text: String?)] = [
    (".", root),
    ("example.", soa + example + names),
    ("sub.example.", nil),
  ]

  private static let example = """
    @ NS ns
    @ NS ns.sub
    @ NS ns.other.net.
    @ MX 10 mail
    @ MX 20 mail.other.net.
    @ TXT "v=spf1 -all"
    @ CAA 0 issue "ca.example.net"
    @ HTTPS 1 . alpn=h2 ipv4hint=192.0.2.80
    @ A 192.0.2.80
    @ AAAA 2001:db8::80
    ns A 192.0.2.1
    ns AAAA 2001:db8::1
    mail A 192.0.2.25
    alias MX 10 alias
    alias A 192.0.2.26
    _dns._udp SRV 0 0 53 ns
    _dns._udp SRV 1 0 53 ns.sub
    svc SVCB 0 target
    svc2 SVCB 1 target port=53
    target A 192.0.2.53
    five A 192.0.2.11
    five A 192.0.2.12
    five A 192.0.2.13
    five A 192.0.2.14
    five A 192.0.2.15
    five AAAA 2001:db8::11
    five AAAA 2001:db8::12
    any TYPE65280 \\# 4 01020304
    any RRSIG A 8 2 300 20300101000000 20200101000000 1 example. AAAA
    any A 192.0.2.3

    cut NS ns.cut
    cut NS ns.other.net.
    cut NS ns
    cut DS 1 8 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
    ns.cut A 192.0.2.2
    ns.cut AAAA 2001:db8::2
    sibling NS ns.cut
    lame NS nowhere.lame
    self NS self
    self A 192.0.2.4
    sub NS ns.sub
    ns.sub A 192.0.2.5
    $GENERATE 1-13 wide NS $.servers.wide
    $GENERATE 1-13 $.servers.wide A 192.0.2.$
    $GENERATE 1-13 $.servers.wide AAAA 2001:db8::$
    $GENERATE 1-60 huge NS a-rather-long-name-of-a-server-number-$.huge
    $GENERATE 1-60 a-rather-long-name-of-a-server-number-$.huge AAAA 2001:db8::$

    """

  private static let names = """
    * TXT "wild"
    *.wild A 192.0.2.30
    *.wild A 192.0.2.31
    *.wild MX 10 mail
    x.wild A 192.0.2.32
    *.alias-wild CNAME five
    *.loop-wild CNAME a.loop-wild
    a.b.c.d.ent TXT "deep"
    *.b.ent TXT "wildcard at an empty non-terminal"
    sub.*.ent TXT "below an asterisk"
    c1 CNAME c2
    c2 CNAME five
    out CNAME www.net.
    away CNAME www.elsewhere.test.
    to-sub CNAME b.sub
    to-cut CNAME x.cut
    to-broken CNAME www.broken
    to-none CNAME nothing.ent
    to-wild CNAME q.wild
    to-large CNAME large
    l1 CNAME l2
    l2 CNAME l3
    l3 CNAME l1
    own CNAME own
    $GENERATE 1-30 chain$ CNAME chain${1,0,d}
    chain31 A 192.0.2.31
    dn DNAME net.
    dn2 DNAME ent
    dn-loop DNAME dn-loop
    dn-grow DNAME x.dn-grow
    dn-self DNAME example.
    dn-a DNAME dn-b
    dn-b DNAME dn-a
    dn-long DNAME \(long).
    dn-root DNAME .
    to-dn CNAME www.dn
    to-dn-apex CNAME dn
    \(longest) CNAME \(longest).
    \\000\\255\\.\\032 A 192.0.2.99
    UPPER.Case A 192.0.2.98

    """

  private static let large = """
    $GENERATE 1-30 medium TXT "\(String(repeating: "0123456789", count: 3))$"
    $GENERATE 1-225 large TXT "\(String(repeating: "0123456789", count: 24))$"
    $GENERATE 0-255 many A 192.0.2.$
    $GENERATE 1-255 many AAAA 2001:db8::$
    $GENERATE 1-40 mx MX 10 mail$.mx
    $GENERATE 1-40 mail$.mx A 192.0.2.$

    """

  private static let subExample = """
    @ NS ns
    @ NS ns.example.
    ns A 192.0.2.5
    b CNAME c
    c CNAME d.e
    d.e CNAME @
    up CNAME c1.example.
    *.w CNAME dn.example.
    dn DNAME example.

    """

  private static let net = """
    @ NS ns.example.
    www CNAME c1.example.
    back DNAME dn.example.
    example DNAME example.
    other NS ns.other
    ns.other A 192.0.2.53
    many CNAME many.example.

    """

  private static let root = """
    $TTL 86400
    . SOA a.root-servers.test. nstld.test. 1 1800 900 604800 86400
    . NS a.root-servers.test.
    . NS b.root-servers.test.
    a.root-servers.test. A 192.0.2.1
    a.root-servers.test. AAAA 2001:db8::1
    b.root-servers.test. A 192.0.2.2
    com. NS a.gtld.com.
    com. NS b.gtld.net.
    com. DS 1 8 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
    a.gtld.com. A 192.0.2.3
    net. NS b.gtld.net.
    b.gtld.net. AAAA 2001:db8::3
    example. NS ns.example.
    sub.example. NS ns.sub.example.
    alias. CNAME to-sub.example.
    dn. DNAME example.
    *.arpa. PTR .
    1.arpa. PTR alias.

    """

  /// Three labels of 63 octets.
  private static let long = (1...3).map { String(repeating: "\($0)", count: 63) }.joined(separator: ".")
  /// With `example.`, 255 octets.
  private static let longest = long + "." + String(repeating: "4", count: 53)
}
