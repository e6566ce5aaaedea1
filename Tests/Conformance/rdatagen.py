"""Random RDATA in presentation form for every common type.

`names` arguments are drawn by the caller's `target()`, so that RDATA points into
the zone, beside it and out of it.
"""

import names


def quoted(rng, longest=40):
    """A character-string in quotes, sometimes with escapes."""
    text = ""
    for _ in range(rng.randint(0, longest)):
        octet = rng.choice((rng.randint(0x20, 0x7E), rng.randint(0x61, 0x7A), rng.randint(0, 255)))
        if octet in b'"\\':
            text += "\\" + chr(octet)
        elif 0x20 <= octet <= 0x7E:
            text += chr(octet)
        else:
            text += "\\%03d" % octet
    return '"' + text + '"'


def a(rng, _=None):
    return "192.0.2.%d" % rng.randint(0, 255) if rng.random() < 0.7 else \
        "198.51.%d.%d" % (rng.randint(0, 255), rng.randint(0, 255))


def aaaa(rng, _=None):
    return "2001:db8::%x" % rng.getrandbits(16) if rng.random() < 0.8 else \
        "2001:db8:%x::%x:%x" % (rng.getrandbits(16), rng.getrandbits(16), rng.getrandbits(16))


def hexadecimal(rng, shortest, longest):
    return "%0*x" % (2 * (length := rng.randint(shortest, longest)), rng.getrandbits(8 * length or 1)) \
        if longest else ""


def base64_of(rng, longest):
    import base64
    return base64.b64encode(rng.randbytes(rng.randint(1, longest))).decode()


def txt(rng, _=None):
    return " ".join(quoted(rng) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def long_txt(rng, _=None):
    return " ".join('"%s"' % (chr(rng.randint(0x61, 0x7A)) * rng.choice((255, 200, 100)))
                    for _ in range(rng.randint(1, 3)))


def mx(rng, target):
    return "%d %s" % (rng.choice((0, 10, 20, 65535)), target())


def srv(rng, target):
    return "%d %d %d %s" % (rng.randint(0, 3), rng.randint(0, 65535), rng.randint(0, 65535), target())


def caa(rng, _=None):
    return "%d %s %s" % (rng.choice((0, 128)), rng.choice(("issue", "issuewild", "iodef", "contactemail")),
                         '"ca%d.example"' % rng.randint(0, 99))


def service(rng, target):
    if rng.random() < 0.25:
        return "0 " + target()
    parameters = []
    if rng.random() < 0.7:
        parameters.append('alpn="%s"' % rng.choice(("h2", "h2,h3", "h3", "http/1.1,h2")))
        if rng.random() < 0.3:
            parameters.append("no-default-alpn")
    if rng.random() < 0.5:
        parameters.append("port=%d" % rng.randint(1, 65535))
    if rng.random() < 0.5:
        parameters.append("ipv4hint=" + ",".join(a(rng) for _ in range(rng.randint(1, 3))))
    if rng.random() < 0.4:
        parameters.append("ipv6hint=" + aaaa(rng))
    if rng.random() < 0.2:
        parameters.append("key%d=%s" % (rng.randint(667, 65000), "abc"))
    if parameters and rng.random() < 0.2:
        parameters.insert(0, "mandatory=" + parameters[-1].split("=")[0])
    rng.shuffle(parameters)
    return " ".join(["%d" % rng.randint(1, 9), "." if rng.random() < 0.4 else target()] + parameters)


def naptr(rng, target):
    return '%d %d "%s" "%s" "%s" %s' % (rng.randint(0, 999), rng.randint(0, 999), rng.choice("SAUP"),
                                        rng.choice(("SIP+D2U", "E2U+sip", "")),
                                        rng.choice(("", "!^.*$!sip:info@example.com!")), target())


def loc(rng, _=None):
    return "%d %d %d.%03d %s %d %d %d.000 %s %d.00m %sm %sm %sm" % (
        rng.randint(0, 89), rng.randint(0, 59), rng.randint(0, 59), rng.randint(0, 999), rng.choice("NS"),
        rng.randint(0, 179), rng.randint(0, 59), rng.randint(0, 59), rng.choice("EW"),
        rng.randint(-1000, 5000), rng.choice((1, 20, 300)), rng.choice((100, 10000)), rng.choice((2, 10)))


def apl(rng, _=None):
    items = []
    for _ in range(rng.randint(1, 4)):
        negated = rng.choice(("", "", "!"))
        items.append(negated + rng.choice(("1:192.0.2.0/24", "1:198.51.100.0/22", "1:10.0.0.0/8", "1:0.0.0.0/0",
                                           "2:2001:db8::/32", "2:ff00::/8")))
    return " ".join(items)


def sshfp(rng, _=None):
    return "%d 2 %s" % (rng.randint(1, 4), hexadecimal(rng, 32, 32))


def tlsa(rng, _=None):
    return "%d %d 1 %s" % (rng.randint(0, 3), rng.randint(0, 1), hexadecimal(rng, 32, 32))


def ds(rng, _=None):
    return "%d %d 2 %s" % (rng.randint(0, 65535), rng.choice((8, 13, 15)), hexadecimal(rng, 32, 32))


def unknown(rng, _=None):
    length = rng.choice((0, 1, 4, 30, 200))
    return "\\# 0" if not length else "\\# %d %s" % (length, hexadecimal(rng, length, length))


def single_name(_, target):
    return target()


def soa_like_pair(_, target):
    return target() + " " + target()


PLAIN = {  # type: RDATA generator; drawn for ordinary names
    "A": a, "AAAA": aaaa, "TXT": txt, "MX": mx, "SRV": srv, "CAA": caa, "SVCB": service, "HTTPS": service,
    "NAPTR": naptr, "LOC": loc, "APL": apl, "SSHFP": sshfp, "TLSA": tlsa, "PTR": single_name, "SPF": txt,
    "HINFO": lambda rng, _: quoted(rng, 10) + " " + quoted(rng, 10),
    "TYPE65280": unknown, "TYPE4711": unknown,
    "AFSDB": lambda rng, target: "1 " + target(),
    "RP": soa_like_pair, "MINFO": soa_like_pair,
    "KX": mx, "RT": mx,
    "CERT": lambda rng, _: "1 %d 8 %s" % (rng.randint(0, 65535), base64_of(rng, 60)),
    "OPENPGPKEY": lambda rng, _: base64_of(rng, 90),
    "SMIMEA": tlsa,
    "URI": lambda rng, _: '%d 1 "https://example.com/%d"' % (rng.randint(0, 99), rng.randint(0, 99)),
    "EUI48": lambda rng, _: "-".join(hexadecimal(rng, 1, 1) for _ in range(6)),
    "EUI64": lambda rng, _: "-".join(hexadecimal(rng, 1, 1) for _ in range(8)),
    "DHCID": lambda rng, _: base64_of(rng, 40),
}
COMMON = ("A", "A", "A", "AAAA", "AAAA", "TXT", "MX", "SRV", "CAA", "SVCB", "HTTPS", "PTR")


def known_as_unknown(rng):
    """An A or TXT record in the syntax for unknown types (RFC 3597 section 5): (type, RDATA)."""
    if rng.random() < 0.5:
        return "TYPE1", "\\# 4 " + hexadecimal(rng, 4, 4)
    return "TYPE16", "\\# 4 03" + hexadecimal(rng, 3, 3)


LABELS_PLAIN = (b"a", b"b", b"c", b"d", b"e", b"www", b"mail", b"ns1", b"x", b"y", b"_tcp", b"_sip", b"0", b"10")
LABELS_ODD = (b"\0", b".", b"a.b", b" ", b"\xff", b"\\", b'"', b"(", b";", b"@", b"$", b"a b", b"\x7f", b"-",
              b"**", b"*a", b"\xc3\xa9", b"\t", b"\n", b"[", b"`", b"{", b"@A", b"[\\]^_")


def label(rng):
    """A random label, often one of few, so that names meet."""
    draw = rng.random()
    if draw < 0.75:
        return rng.choice(LABELS_PLAIN)
    if draw < 0.85:
        return rng.choice(LABELS_ODD)
    if draw < 0.88:
        return bytes(rng.choice(b"abcxyz") for _ in range(63))
    if draw < 0.91:
        return rng.randbytes(rng.randint(1, 20))
    return bytes(rng.choice(b"abcdefghijklmnopqrstuvwxyz0123456789-") for _ in range(rng.randint(2, 12)))


def outside_name(rng):
    """A name in no served zone."""
    return (rng.choice(LABELS_PLAIN), rng.choice((b"outside", b"elsewhere")), b"invalid")


def outside_text(rng):
    return names.to_text(outside_name(rng))
