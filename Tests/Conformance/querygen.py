"""Makes the queries for a family of zones: at, beside, above and below every node."""

import random

import dns.rdatatype

import names
import rdatagen
import wire
from wire import Query

ASKED = [1, 28, 15, 2, 6, 5, 39, 43, 16, 33, 64, 65, 12, 257, 35, wire.ANY, 65280, 65281, 1234, 46, 47, 48, 13, 99]
FLAGS = (0, 0, 0, wire.RD, wire.RD, wire.RD | wire.AD, wire.CD, wire.RD | wire.CD | wire.AD)


def names_around(rng, name, zone):
    """Names that relate to a node in each of the ways that matter to a lookup."""
    yield name
    yield name
    if len(name) > len(zone.apex):
        first, rest = name[0], name[1:]
        yield rest
        yield (rdatagen.label(rng),) + rest
        yield ((first + b"\0")[:63],) + rest                                   # just after
        yield ((first[:-1] + bytes([max(0, first[-1] - 1)])),) + rest           # somewhat before
        if first == b"*":
            yield (b"synthesized",) + rest
            yield (rdatagen.label(rng), rdatagen.label(rng)) + rest
            yield (b"*", b"x") + rest
    yield (rdatagen.label(rng),) + name
    yield (b"*",) + name
    yield tuple(rdatagen.label(rng) for _ in range(rng.randint(2, 4))) + name


def far_names(rng, zone):
    """Above the apex, beside it, and nowhere near."""
    yield zone.apex[1:]
    if len(zone.apex) > 1:
        yield (b"beside",) + zone.apex[1:]
    yield (zone.apex[0] + b"x",)
    yield rdatagen.outside_name(rng)
    room = 255 - names.wire_length(zone.apex)
    deepest = zone.apex
    while room >= 2:
        size = min(rng.choice((1, 1, 1, 63)), room - 1)
        deepest = (b"q" * size,) + deepest
        room = 255 - names.wire_length(deepest)
    yield deepest


def dress(rng, name, qtype, zone):
    """A query with a random transport, EDNS, flags and case."""
    if rng.random() < 0.3:
        name = names.random_case(rng, name)
    edns = rng.choice((None, None, 512, 1232, 1232, 4096))
    return Query(name, qtype, zone, edns=edns, do=edns is not None and rng.random() < 0.5,
                 tcp=rng.random() < 0.12, flags=rng.choice(FLAGS))


def queries_for(zone, count):
    """The zone's queries, the same for the same zone."""
    rng = random.Random("queries of %s %s" % (zone.seed, zone.key))
    wanted = []
    for key in sorted(zone.existing):
        spelled = zone.spelling.get(key, key)
        own = [int(dns.rdatatype.from_text(rtype)) for rtype in sorted(zone.nodes.get(key, ()))]
        for rtype in own:
            wanted.append((spelled, rtype))
        for name in names_around(rng, spelled, zone):
            wanted.append((name, rng.choice(own) if own and rng.random() < 0.5 else rng.choice(ASKED)))
        if key in zone.cuts:
            for rtype in (43, 2, 6, 1, wire.ANY):
                wanted.append((spelled, rtype))
            wanted.append(((b"below",) + spelled, 43))
    if len(wanted) > count:
        wanted = rng.sample(wanted, count)
    for name in far_names(rng, zone):
        wanted.append((name, rng.choice(ASKED)))
    return [dress(rng, name, rtype, zone) for name, rtype in wanted if names.is_legal(name)]
