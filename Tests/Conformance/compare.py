"""Brings responses into a comparable form and says how ours and the peers' relate.

What must agree: header flags, response code, question, answer section (as a
set without repetitions, and the order of its RRsets), authority of referrals and negative
answers, glue that a referral needs. What may differ: the order inside an RRset,
NS of the apex in positive answers, other additional data; those must be true.
"""

from collections import Counter, namedtuple
from itertools import groupby

import names
import wire

View = namedtuple("View", "rcode opcode flags question answer order soa referral other glue")
ASPECTS = {"rcode": "response code", "opcode": "opcode", "flags": "header flags", "question": "question",
           "answer": "answer section", "order": "order of RRsets in the answer", "soa": "SOA in authority",
           "referral": "NS in authority", "other": "other records in authority", "glue": "glue"}


class Context:
    """What is served in this batch, and a way to ask again."""

    def __init__(self, zones, ask=None):
        self.zones = {zone.key: zone for zone in zones}
        self.apexes = {names.to_wire(key) for key in self.zones}
        self.ask = ask     # Query -> {server: Response}
        self.ended = set()  # names of servers that ended by themselves

    def zone_of(self, name):
        """The served zone with the longest apex that is a suffix of the name."""
        key = names.fold(name)
        for depth in range(len(key) + 1):
            if key[depth:] in self.zones:
                return self.zones[key[depth:]]
        return None

    def has_foreign_encloser(self, key, qtype):
        """Whether some other zone holds a name or a wildcard closer to this name than its own zone does."""
        zone = self.zone_of(key[1:] if qtype == wire.DS and key in self.zones else key)
        if zone is None:
            return False
        for depth in range(len(key) - len(zone.key) + 1):
            name = key[depth:]
            if name in zone.existing:
                wildcard = (b"*",) + name
                return depth > 0 and wildcard not in zone.existing and self.is_in_any_zone(wildcard)
            if self.is_in_any_zone(name):
                return True
        return False

    def is_in_any_zone(self, key):
        return any(key in zone.existing or names.is_under(zone.key, key) for zone in self.zones.values())

    def rrset(self, owner, rtype):
        """The zone's whole RRset at a name in wire form, synthesized from a wildcard if need be."""
        key = names.from_wire(owner)
        zone = self.zone_of(key)
        if zone is None:
            return None
        wildcard = zone.wildcard_for(key)
        source = names.to_wire(wildcard) if wildcard else owner
        return {record._replace(owner=owner) for record in zone.truth.get((source, rtype), ())}

    def is_true(self, record):
        key = names.from_wire(record.owner)
        return any(key[depth:] in self.zones and self.zones[key[depth:]].holds(record)
                   for depth in range(len(key) + 1))


def view(response, context):
    """The comparable form of a response."""
    soa, referral, other, cuts = Counter(), Counter(), Counter(), []
    authoritative = response.has(wire.AA)
    for record in response.authority:
        if record.type == wire.SOA:
            soa[record] += 1
        elif record.type == wire.NS:
            if authoritative and record.owner in context.apexes:
                continue  # the zone's own NS beside a positive answer: optional
            referral[record] += 1
            cuts.append((names.from_wire(record.owner), record.rdata))
        else:
            other[record] += 1
    needed = {target for cut, target in cuts if names.is_under(names.from_wire(target), cut)}
    glue = Counter(record for record in response.additional
                   if record.type in (wire.A, wire.AAAA) and record.owner in needed)
    # A peer that repeats a record in a loop says nothing by it; in ours faults() finds it.
    order = tuple(dict.fromkeys((record.owner, record.type) for record in response.answer))
    return View(response.rcode, response.opcode, response.flags & ~wire.TC, tuple(response.question),
                frozenset(response.answer), order, soa, referral, other, glue)


def aspects_that_differ(one, other):
    """The names of the View fields in which two views differ."""
    return [field for field in View._fields if getattr(one, field) != getattr(other, field)]


def faults(query, response, context):
    """What is wrong with a response on its own, whatever others say."""
    found = []
    expected = (names.to_wire(query.name), query.type, query.klass)
    if not response.has(wire.QR):
        found.append("QR is not set")
    if response.question != [expected]:
        found.append("the question is not echoed as it was sent")
    if len(response.raw) > query.limit():
        found.append("%d octets, but at most %d may be sent" % (len(response.raw), query.limit()))
    if query.tcp and response.has(wire.TC):
        found.append("TC over TCP")
    if (response.opt is None) != (query.edns is None):
        found.append("OPT is in the response but not the query" if response.opt else "OPT is missing")
    if response.opt and (response.opt.version or response.opt.do != query.do):
        found.append("EDNS version is not 0" if response.opt.version else "the DO bit is not copied")
    if response.flags & 0x40:
        found.append("the reserved header bit is set")
    for rtype in response.compressed_types:
        found.append("a name in the RDATA of type %d is compressed (RFC 3597 section 4)" % rtype)
    for section in (response.answer, response.authority, response.additional):
        for record, count in Counter(section).items():
            if count > 1:
                found.append("a record is repeated in a section")
    groups = [key for key, _ in groupby(response.answer, lambda record: (record.owner, record.type))]
    if len(groups) != len(set(groups)):
        found.append("an RRset of the answer is not in one piece")
    for record in response.additional + [record for record in response.authority if record.type == wire.NS]:
        if not context.is_true(record):
            found.append("the extra record %s type %d is not data of the zone" % (
                names.to_text(names.from_wire(record.owner)), record.type))
    return found


def any_agrees(ours, peer, context):
    """Whether an answer to ANY is a legal choice where a peer chose too (RFC 8482 section 4.1).

    The RRsets may be others than the peer's, but each must be whole, and aliases
    that lead away from the name must be there.
    """
    if not peer.answer or not ours.answer:
        return ours == peer
    fields = ("rcode", "opcode", "flags", "question")
    if any(getattr(ours, field) != getattr(peer, field) for field in fields):
        return False
    question = names.to_wire(names.fold(names.from_wire(ours.question[0][0])))
    for key in ours.order:
        records = {record for record in ours.answer if (record.owner, record.type) == key}
        if records != context.rrset(*key) and not (key[1] == wire.CNAME and records <= peer.answer):
            return False
    return all(key in ours.order for key in peer.order
               if key[1] == wire.CNAME or (key[1] == wire.DNAME and key[0] != question))


def agrees(query, ours, peer, context):
    """Whether our view says the same as a peer's."""
    return any_agrees(ours, peer, context) if query.type == wire.ANY else ours == peer


class Exchange:
    """One query with the replies of all servers: as asked, and over TCP when one was truncated."""

    def __init__(self, query, replies, over_tcp=None):
        self.query, self.replies, self.over_tcp = query, replies, over_tcp or {}
        self.parsed, self.parsed_tcp, self.broken = {}, {}, {}
        for raw, parsed in ((replies, self.parsed), (self.over_tcp, self.parsed_tcp)):
            for server, message in raw.items():
                try:
                    if message is None:
                        raise wire.Malformed("no answer")
                    parsed[server] = wire.parse(message)
                except wire.Malformed as error:
                    self.broken[server] = str(error)

    @property
    def truncated(self):
        return any(response.has(wire.TC) for response in self.parsed.values())

    def full(self, server):
        """The server's untruncated response."""
        return self.parsed_tcp.get(server) or self.parsed[server]


class Verdict:
    """How one exchange was judged: passed or not, why, and which listed difference applied."""

    def __init__(self, passed, kind, reasons=(), listed=None):
        self.passed, self.kind, self.reasons, self.listed = passed, kind, list(reasons), listed


def truncation_faults(exchange, peers):
    """What is wrong with how ours was truncated."""
    udp, tcp, query = exchange.parsed["ours"], exchange.parsed_tcp["ours"], exchange.query
    found = []
    if udp.has(wire.TC):
        if len(tcp.raw) <= query.limit():
            found.append("TC, though the whole answer of %d octets would fit" % len(tcp.raw))
        fields = [(one.rcode, one.opcode, one.flags & ~wire.TC, one.question) for one in
                  [udp] + [exchange.full(peer) for peer in peers] + [exchange.parsed[peer] for peer in peers]]
        # A chain that was cut short does not know its end's response code yet (RFC 2181 section 9).
        if udp.rcode == 0 and udp.answer and udp.answer[-1].type in (wire.CNAME, wire.DNAME):
            fields = [field[1:] for field in fields]
        if fields[0] not in fields[1:]:
            found.append("header flags, response code or question of the truncated response are neither peer's")
    return found


def describe(view_ours, view_peer, peer):
    return "%s: %s" % (peer, ", ".join(ASPECTS[field] for field in aspects_that_differ(view_ours, view_peer)))


def judge(exchange, context, differences, peer_differences):
    """The verdict on one exchange; None if too many peers have ended for one."""
    query = exchange.query
    peers = [server for server in exchange.replies if server != "ours"]
    lost = set(exchange.broken) & context.ended - {"ours"}
    if set(exchange.broken) - lost:
        return Verdict(False, "no or malformed response", ["%s: %s" % pair for pair in exchange.broken.items()])
    if lost:
        # A peer crashed: the other one, if there is, stands for both.
        left = [peer for peer in peers if peer not in lost]
        if not left or "ours" not in exchange.replies:
            return None
        exchange = Exchange(query, *({server: replies.get(left[0] if server in lost else server) for server in replies}
                                     for replies in (exchange.replies, exchange.over_tcp)))
    views = {server: view(exchange.full(server), context) for server in exchange.replies}
    peers_agree = agrees(query, views["nsd"], views["knot"], context)
    if "ours" not in views:
        if peers_agree:
            return Verdict(True, "peers agree")
        for known in peer_differences:
            if known.applies(query, views["nsd"], views["knot"], context):
                return Verdict(True, "peers differ", listed=known)
        return Verdict(False, "peers differ among themselves", [describe(views["nsd"], views["knot"], "knot")])

    wrong = faults(query, exchange.parsed["ours"], context)
    if exchange.over_tcp:
        wrong += faults(query.over_tcp(), exchange.parsed_tcp["ours"], context)
        wrong += truncation_faults(exchange, peers)
    if wrong:
        return Verdict(False, "response is wrong in itself", dict.fromkeys(wrong))
    own_views = [views["ours"]]
    if exchange.over_tcp and not exchange.parsed["ours"].has(wire.TC):
        own_views.append(view(exchange.parsed["ours"], context))
    reasons = []
    listed = None
    for own in own_views:
        right = set(peers)
        known = None
        if not peers_agree:
            known = next((known for known in peer_differences
                          if known.applies(query, views["nsd"], views["knot"], context)), None)
            right = {known.right} if known and known.right else right
        if any(agrees(query, own, views[peer], context) for peer in right):
            listed = listed or known
            continue
        accepted = next((one for one in differences
                         if one.applies(query, own, {peer: views[peer] for peer in right}, context)), None)
        if accepted is None:
            reasons += [describe(own, views[peer], peer) for peer in sorted(right)]
            break
        listed = accepted
    if reasons:
        kind = "ours differs from both" if peers_agree else "peers differ among themselves, ours is like neither" \
            if len(right) > 1 else "ours is not like %s, which is right (%s)" % (known.right, known.name)
        return Verdict(False, kind, reasons)
    return Verdict(True, "agrees", listed=listed)
