"""Writes a zone as master file text (RFC 1035 section 5), in a seeded variety of styles."""

import names


def relative(rng, name, origin):
    """The name in text, sometimes relative to the origin."""
    depth = len(name) - len(origin)
    if origin and depth >= 0 and name[depth:] == origin and rng.random() < 0.6:
        return ".".join(map(names.label_text, name[:depth])) if depth else "@"
    return names.to_text(name)


def ttl_text(rng, ttl):
    if ttl and ttl % 3600 == 0 and rng.random() < 0.3:
        return "%dh" % (ttl // 3600)
    return str(ttl)


def render(zone, rng, for_peers=False):
    """The master file; RDATA is absolute already, owners, TTLs and layout vary."""
    origin = zone.apex
    default_ttl = rng.choice((None, 300, 3600))
    lines = ["; generated from seed %s" % zone.seed]
    # Without $ORIGIN the zone's own name is the origin (given by the server's configuration).
    lines.append("$ORIGIN " + names.to_text(origin))
    if default_ttl is not None:
        lines.append("$TTL %d" % default_ttl)
    previous = None
    for owner, ttl, rtype, rdata, below_dname in zone.records:
        if below_dname and for_peers:
            continue
        if previous is not None and rng.random() < 0.03:
            origin = rng.choice((zone.apex, owner[rng.randint(0, max(0, len(owner) - len(zone.apex))):]))
            if not names.is_under(names.fold(origin), zone.key):
                origin = zone.apex
            lines.append("$ORIGIN " + names.to_text(origin))
        first = "" if owner == previous and rng.random() < 0.5 else relative(rng, owner, origin)
        fields = ["" if default_ttl == ttl and rng.random() < 0.5 else ttl_text(rng, ttl),
                  rng.choice(("IN", "IN", "in", ""))]
        if rng.random() < 0.2:
            fields.reverse()
        shown_type = rtype.lower() if rng.random() < 0.1 else rtype
        line = rng.choice((" ", "\t")).join([first] + [field for field in fields if field] + [shown_type])
        if rtype == "SOA":
            head, serial, refresh, retry, expire, minimum = rdata.rsplit(" ", 5)
            line += " %s (\n\t%s ; serial\n\t%s %s %s\n\t%s )" % (head, serial, refresh, retry, expire, minimum)
        elif rng.random() < 0.05 and " " in rdata and '"' not in rdata and "\\" not in rdata:
            head, tail = rdata.split(" ", 1)
            line += " %s ( ; layout\n  %s\n )" % (head, tail)
        else:
            line += " " + rdata
        lines.append(line + (" ; comment" if rng.random() < 0.03 else ""))
        previous = owner
    return "\n".join(lines) + "\n"
