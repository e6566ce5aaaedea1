"""A zone: its records, the rules a valid one keeps, and what it truly holds."""

from collections import namedtuple

import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

import names
import wire

Record = namedtuple("Record", "owner ttl type rdata below_dname")
WRITTEN_AS = {"TYPE1": "A", "TYPE16": "TXT"}  # the syntax for unknown types used on known ones


class Zone:
    """Records by owner and type; `add` refuses what would make the zone invalid."""

    def __init__(self, apex, seed):
        self.apex, self.seed = apex, seed
        self.key = names.fold(apex)
        self.nodes = {}      # folded owner: {type text: {RDATA text}}
        self.spelling = {}   # folded owner: the owner as first written
        self.ttls = {}       # (folded owner, type text): TTL
        self.records = []    # Record, in order
        self.cuts, self.dnames = set(), set()
        self.text = None     # filled in by zonefile.render
        self.peer_text = None  # the same without what both peers refuse to load
        self._truth = self._existing = None

    @property
    def file_name(self):
        return names.to_text(self.apex).rstrip(".") + ".zone"

    def room(self, owner, rtype):
        """Whether a record of this type may stand at this owner."""
        key = names.fold(owner)
        if not names.is_legal(owner) or not names.is_under(key, self.key):
            return False
        types = self.nodes.get(key, {})
        if "CNAME" in types or (rtype == "CNAME" and types):
            return False
        if rtype in ("SOA", "DNAME") and rtype in types:
            return False
        if rtype == "DNAME" and (key in self.cuts or any(
                other != key and names.is_under(other, key) for other in self.nodes)):
            return False
        if rtype in ("NS", "DS") and key != self.key and ("DNAME" in types or b"*" in key[:1]):
            return False
        if key in self.cuts and rtype not in ("NS", "DS", "A", "AAAA", "TXT"):
            return False
        return True

    def is_below_dname(self, owner):
        key = names.fold(owner)
        return any(key[depth:] in self.dnames for depth in range(1, len(key) - len(self.key) + 1))

    def is_at_or_below_cut(self, owner):
        key = names.fold(owner)
        return any(key[depth:] in self.cuts for depth in range(len(key) - len(self.key) + 1))

    def add(self, owner, rtype, rdata, ttl, occluded=False):
        """Adds a record if it is legal there; returns whether it was.

        An `occluded` record lies below a DNAME: it is in the file that we serve
        and must have no effect; the peers refuse it, so they do not get it.
        """
        if not self.room(owner, rtype) or (self.is_below_dname(owner) and not occluded):
            return False
        key = names.fold(owner)
        if occluded:
            self.records.append(Record(owner, ttl, rtype, rdata, True))
            return True
        kind = WRITTEN_AS.get(rtype, rtype)
        rdatas = self.nodes.setdefault(key, {}).setdefault(kind, set())
        if rdata.lower() in rdatas:
            return False
        rdatas.add(rdata.lower())
        self.spelling.setdefault(key, owner)
        ttl = self.ttls.setdefault((key, kind), ttl)
        self.records.append(Record(owner, ttl, rtype, rdata, False))
        if rtype == "NS" and key != self.key:
            self.cuts.add(key)
        if rtype == "DNAME":
            self.dnames.add(key)
        return True

    @property
    def truth(self):
        """Every RRset in the form that responses are parsed to: {(owner wire, type): {RR}}."""
        if self._truth is None:
            self._truth = {}
            for owner, ttl, rtype, rdata, below_dname in self.records:
                if below_dname:
                    continue
                number = dns.rdatatype.from_text(rtype)
                if rtype == "MINFO":  # dnspython lacks it
                    data = b"".join(dns.name.from_text(part).to_wire() for part in rdata.split())
                else:
                    if rtype == "HINFO":  # two character-strings as in TXT, which dnspython reads octet by octet
                        number = dns.rdatatype.TXT
                    data = dns.rdata.from_text(dns.rdataclass.IN, number, rdata).to_wire()
                number = dns.rdatatype.from_text(rtype)
                canonical = wire.canonical_rdata(data, number, 0, len(data), set())
                record = wire.RR(names.to_wire(names.fold(owner)), int(number), 1, ttl, canonical)
                self._truth.setdefault((record.owner, record.type), set()).add(record)
        return self._truth

    @property
    def existing(self):
        """Every folded name that exists, empty non-terminals included."""
        if self._existing is None:
            self._existing = {key[depth:] for key in self.nodes for depth in range(len(key) - len(self.key) + 1)}
        return self._existing

    def wildcard_for(self, key):
        """The wildcard at the closest encloser of a name that does not exist, or None."""
        if key in self.existing or not names.is_under(key, self.key):
            return None
        depth = 1
        while key[depth:] not in self.existing:
            depth += 1
        return (b"*",) + key[depth:]

    def holds(self, record):
        """Whether a record is data of the zone, directly or through a wildcard."""
        if record in self.truth.get((record.owner, record.type), ()):
            return True
        wildcard = self.wildcard_for(names.from_wire(record.owner))
        if wildcard is None:
            return False
        source = names.to_wire(wildcard)
        return record._replace(owner=source) in self.truth.get((source, record.type), ())
