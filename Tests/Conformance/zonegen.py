"""Makes random zones from a seed: the same seed gives the same family of zones.

A family is one zone, or a parent with children that are served too. A zone is an
apex and then a number of features, each a few records that exercise one rule of
name lookup and may meet the records of other features.
"""

import random

import names
import rdatagen
import zonefile
from zone import Zone

TTLS = (0, 5, 60, 300, 300, 3600, 7200, 86400, 2147483647)


class Builder:
    """One zone in the making."""

    def __init__(self, rng, zone):
        self.rng, self.zone = rng, zone
        self.places = [zone.apex]  # names that features may attach to or point at

    # Names

    def parent(self):
        return self.rng.choice(self.places) if self.rng.random() < 0.7 else self.zone.apex

    def name(self, extra=None, parent=None):
        """A new name below a known one; falls back to the apex where it would be too long."""
        parent = self.parent() if parent is None else parent
        count = extra or self.rng.choice((1, 1, 1, 1, 2, 2, 3))
        labels = tuple(rdatagen.label(self.rng) for _ in range(count))
        for candidate in (labels + parent, labels + self.zone.apex, labels[:1] + self.zone.apex):
            if names.is_legal(candidate):
                return candidate
        return (b"short",) + self.zone.apex

    def target(self):
        """A name in text for RDATA: mostly of this zone, existing or not."""
        draw = self.rng.random()
        if draw < 0.15:
            return rdatagen.outside_text(self.rng)
        if draw < 0.7:
            return names.to_text(self.rng.choice(self.places))
        return names.to_text(self.name())

    # Records

    def add(self, owner, rtype, rdata=None, occluded=False):
        ttl = self.rng.choice(TTLS)
        if rdata is None:
            rdata = rdatagen.PLAIN[rtype](self.rng, self.target)
        added = self.zone.add(owner, rtype, rdata, ttl, occluded)
        if added and len(self.places) < 200:
            self.places.append(owner)
        return added

    def data(self, owner, count=None, occluded=False):
        """A few RRsets of ordinary types."""
        for _ in range(count or self.rng.choice((1, 1, 2, 3))):
            common = self.rng.random() < 0.7
            rtype = self.rng.choice(rdatagen.COMMON if common else sorted(rdatagen.PLAIN))
            for _ in range(self.rng.choice((1, 1, 2, 4))):
                self.add(owner, rtype, occluded=occluded)

    # Features

    def plain(self):
        self.data(self.name())

    def wildcard(self):
        owner = (b"*",) + self.parent()
        if self.rng.random() < 0.3:
            self.add(owner, "CNAME", self.target())
        else:
            self.data(owner)
        if self.rng.random() < 0.3:
            self.data(self.name(parent=owner[1:]))  # a sibling that blocks the wildcard below it

    def star_in_the_middle(self):
        parent = (b"*",) + self.parent()
        self.data(self.name(parent=parent))
        if self.rng.random() < 0.3:
            self.data((b"*",) + parent)

    def empty_non_terminal(self):
        self.data(self.name(extra=self.rng.randint(2, 5)))

    def dname(self):
        owner = self.name()
        self.add(owner, "DNAME", self.dname_target(owner))
        if self.rng.random() < 0.4:
            self.data(owner)  # RRsets beside a DNAME are legal, its own name is not redirected

    def dname_target(self, owner):
        draw = self.rng.random()
        if draw < 0.2:
            return rdatagen.outside_text(self.rng)
        if draw < 0.3:
            return names.to_text(self.name(parent=owner))  # into itself: grows until YXDOMAIN
        if draw < 0.4:
            return names.to_text(self.long_name())
        if draw < 0.5 and self.zone.dnames:
            return names.to_text(self.rng.choice(sorted(self.zone.dnames)))
        return self.target()

    def dname_chain(self):
        """DNAMEs that hand over to each other, and names found at the end."""
        steps = [self.name(extra=1) for _ in range(self.rng.randint(2, 4))]
        end = self.name(extra=1)
        for owner, following in zip(steps, steps[1:] + [end]):
            self.add(owner, "DNAME", names.to_text(following))
        self.data(self.name(extra=1, parent=end))
        self.places.append((b"x",) + steps[0]) if names.is_legal((b"x",) + steps[0]) else None

    def cname_chain(self):
        """CNAMEs of some length that end in any of the ways a chain can end."""
        length = self.rng.choice((1, 1, 2, 2, 3, 4, 6))
        owners = []
        for _ in range(length):
            owner = self.name()
            if self.rng.random() < 0.15:
                owner = (b"*",) + owner[1:]
            if self.zone.room(owner, "CNAME") and owner not in owners:
                owners.append(owner)
        if not owners:
            return
        for owner, following in zip(owners, owners[1:]):
            shown = (rdatagen.label(self.rng),) + following[1:] if following[0] == b"*" else following
            self.add(owner, "CNAME", names.to_text(shown if names.is_legal(shown) else following))
        self.add(owners[-1], "CNAME", self.chain_end(owners))

    def chain_end(self, owners):
        ends = [lambda: names.to_text(self.rng.choice(owners)),              # a loop
                lambda: rdatagen.outside_text(self.rng),
                lambda: names.to_text(self.rng.choice(self.places)),         # data, a cut, a DNAME
                lambda: names.to_text(self.name(extra=self.rng.randint(1, 3)))]  # often nonexistent
        special = sorted(self.zone.cuts) + sorted(self.zone.dnames)
        if special:
            def below_special():
                return names.to_text(self.name(extra=self.rng.randint(1, 2), parent=self.rng.choice(special)))
            ends += [below_special, below_special]
        return self.rng.choice(ends)()

    def delegation(self):
        owner = self.name(extra=self.rng.choice((1, 1, 2)))
        self.delegate(owner)

    def delegate(self, owner):
        """An NS RRset at a cut with the kinds of name servers there are."""
        if not self.zone.room(owner, "NS") or self.zone.is_below_dname(owner):
            return
        for _ in range(self.rng.randint(1, 4)):
            kind = self.rng.choice(("in-domain", "in-domain", "at cut", "no glue", "sibling", "outside", "wildcard"))
            server = self.name(extra=1, parent=owner)
            if kind == "at cut":
                server = owner
            elif kind == "sibling":
                others = sorted(self.zone.cuts - {names.fold(owner)})
                server = self.name(extra=1, parent=self.rng.choice(others) if others else self.zone.apex)
            elif kind == "outside":
                server = rdatagen.outside_name(self.rng)
            elif kind == "wildcard":
                server = self.name(extra=1)
            if self.add(owner, "NS", names.to_text(server)) and kind in ("in-domain", "at cut", "sibling"):
                for rtype in self.rng.choice((("A",), ("AAAA",), ("A", "AAAA"), ("A", "A", "AAAA"))):
                    self.add(server, rtype)
        if self.rng.random() < 0.4:
            self.add(owner, "DS", rdatagen.ds(self.rng))
        if self.rng.random() < 0.3:
            self.data(self.name(parent=owner))  # occluded by the cut
        if self.rng.random() < 0.15:
            self.add((b"*",) + owner, "A")      # an occluded wildcard
        if self.rng.random() < 0.1:
            self.add(owner, "TXT")              # occluded at the cut itself

    def same_name_other_case(self):
        owner = self.name()
        self.add(owner, "A")
        self.add(names.random_case(self.rng, owner), "A")
        self.add(names.random_case(self.rng, owner), "TXT")

    def deep(self):
        """A name of single-octet labels down to the limit of 255 octets."""
        owner = self.parent()
        levels = self.rng.choice((20, 60, 127))
        while levels and names.is_legal((b"d",) + owner):
            owner = (self.rng.choice((b"d", b"e", b"*")) if self.rng.random() < 0.1 else b"d",) + owner
            levels -= 1
        self.data(owner)

    def long_name(self):
        """A name close to or at 255 octets."""
        owner = self.zone.apex
        while True:
            room = 255 - names.wire_length(owner) - 1
            if room < 1:
                return owner
            size = min(63, room)
            if room - size in (1,):  # one octet would be left, too few for a label
                size -= 1
            owner = (bytes([self.rng.choice(b"abcd")]) * size,) + owner
            if self.rng.random() < 0.1:
                return owner

    def long(self):
        self.data(self.long_name())

    def large(self):
        """An RRset that does not fit into a datagram."""
        owner = self.name()
        rtype = self.rng.choice(("A", "AAAA", "TXT", "MX", "TYPE65280"))
        count = self.rng.choice((10, 28, 60, 140)) if rtype != "TXT" else self.rng.randint(2, 12)
        for _ in range(count):
            self.add(owner, rtype, rdatagen.long_txt(self.rng) if rtype == "TXT" else None)

    def generic_syntax(self):
        rtype, rdata = rdatagen.known_as_unknown(self.rng)
        owner = self.name()
        if names.fold(owner) not in self.zone.nodes:
            self.add(owner, rtype, rdata)

    def every_type(self):
        owner = self.name()
        for rtype in sorted(rdatagen.PLAIN):
            self.add(owner, rtype)

    def below_dname(self):
        """Names that a DNAME occludes (RFC 6672 section 2.4); only in some zones."""
        if self.zone.dnames and "below dname" in self.kinds:
            self.data(self.name(parent=self.rng.choice(sorted(self.zone.dnames))), occluded=True)

    FEATURES = ((plain, 8), (wildcard, 6), (star_in_the_middle, 3), (empty_non_terminal, 3), (dname, 3),
                (dname_chain, 1), (cname_chain, 6), (delegation, 5), (same_name_other_case, 1), (deep, 1),
                (long, 1), (large, 1), (generic_syntax, 1), (every_type, 0.3), (below_dname, 2))

    def build(self, count):
        self.add(self.zone.apex, "SOA", "%s %s %d %d %d %d %d" % (
            self.target(), rdatagen.outside_text(self.rng), self.rng.randint(1, 2**32 - 1),
            7200, 900, 1209600, self.rng.choice((0, 1, 300, 3600, 86400))))
        for _ in range(self.rng.randint(1, 3)):
            server = self.rng.choice((self.name(extra=1), rdatagen.outside_name(self.rng), self.zone.apex))
            self.add(self.zone.apex, "NS", names.to_text(server))
            if names.is_under(names.fold(server), self.zone.key) and self.rng.random() < 0.8:
                self.add(server, self.rng.choice(("A", "AAAA")))
        if self.rng.random() < 0.6:
            self.data(self.zone.apex)
        if "apex dname" in self.kinds:
            # Whatever else is in the zone would lie below, so this is all.
            self.zone.add(self.zone.apex, "DNAME", self.target(), 300)
            return
        features, weights = zip(*self.FEATURES)
        for feature in self.rng.choices(features, weights, k=count):
            feature(self)

    kinds = ()


def make_apex(rng, seed):
    """An apex that is all but certainly this seed's own; some are as short as apexes get."""
    draw = rng.random()
    if draw < 0.2:
        return tuple(bytes([rng.choice(b"bcdfghjklmnpqrstvwz")]) for _ in range(rng.choice((2, 2, 3))))
    tag = b"z%x" % (seed & 0xFFFFFFFF)
    return rng.choice(((tag,), (tag, b"test"), (tag, b"test"), (tag, b"Example", b"test"),
                       (tag, b"a", b"b", b"c", b"test")))


def make_zone(rng, apex, seed, kinds=()):
    zone = Zone(apex, seed)
    builder = Builder(rng, zone)
    builder.kinds = kinds
    builder.build(rng.choice((3, 10, 20, 20, 30, 45)))
    return builder


def reaches_below_dname(one, other):
    """Whether a zone holds names below another's DNAME: NSD keeps all in one tree and refuses that."""
    return any(key != dname and names.is_under(key, dname) for dname in other.dnames for key in one.existing)


def make_family(seed):
    """The zones of one seed, the parent first, with their master file text."""
    rng = random.Random(seed)
    kinds = rng.choices(((), ("below dname",), ("apex dname",)), (88, 8, 4))[0]
    apex = make_apex(rng, seed)
    parent = make_zone(rng, apex, seed, kinds)
    zones = [parent.zone]
    if rng.random() < 0.25 and not parent.zone.dnames:
        for _ in range(rng.randint(1, 2)):
            cuts = sorted(parent.zone.cuts)
            if cuts and rng.random() < 0.7:
                child_apex = rng.choice(cuts)
            else:
                child_apex = parent.name()
            usable = all(letter.isalnum() and letter.isascii() or letter in "-_." for letter in
                         names.to_text(child_apex))
            if usable and names.fold(child_apex) not in [zone.key for zone in zones]:
                child = make_zone(rng, child_apex, seed).zone
                if not any(reaches_below_dname(one, other) for one, other in
                           [pair for zone in zones for pair in ((zone, child), (child, zone))]):
                    zones.append(child)
    for zone in zones:
        zone.text = zonefile.render(zone, rng)
        zone.peer_text = zonefile.render(zone, rng, for_peers=True)
    return zones
