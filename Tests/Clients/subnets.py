"""EDNS Client Subnet (RFC 7871) through sockets: every malformation, and what comes back of well-formed options."""

import ipaddress
import pathlib
import socket
import struct
import tempfile

import dns.message
import dns.name
import dns.rcode

LIMIT = 20.0
TYPES = {"A": 1, "AAAA": 28, "TXT": 16}
ZONE = """$TTL 60
@ SOA ns hostmaster 1 7200 900 1209600 300
@ NS ns
ns A 192.0.2.1
fra._at LOC 50 06 0 N 8 40 0 E 100m
fra._at APL 1:10.0.0.0/8 2:2001:db8:10::/48
nyc._at LOC 40 42 0 N 74 0 0 W 10m
nyc._at APL 1:10.1.0.0/16 2:2001:db8:20::/48
here._at APL 1:127.0.0.0/8 2:::1/128
near A 192.0.2.10
near A 192.0.2.20
near A 192.0.2.30
near AAAA 2001:db8::10
near AAAA 2001:db8::20
near AAAA 2001:db8::30
_lb.near TXT "steer=nearest,weighted"
_lb.near TXT "member=192.0.2.10 at=fra"
_lb.near TXT "member=192.0.2.20 at=nyc"
_lb.near TXT "member=192.0.2.30 at=here"
_lb.near TXT "member=2001:db8::10 at=fra"
_lb.near TXT "member=2001:db8::20 at=nyc"
_lb.near TXT "member=2001:db8::30 at=here"
"""
FRA, NYC, HERE = "10", "20", "30"


def option(family, source, address="", scope=0):
    """An option as it should be: of the address, only the octets that the source length covers."""
    octets = ipaddress.ip_address(address).packed if address else b""
    return struct.pack("!HBB", family, source, scope) + octets[:(source + 7) // 8]


# By what is wrong, the options of a query.
MALFORMED = {
    "empty": [b""],
    "family cut": [b"\0"],
    "lengths missing": [b"\0\1"],
    "scope missing": [b"\0\1\0"],
    "family 0": [b"\0\0\0\0"],
    "family 3": [b"\0\3\0\0"],
    "family 256": [b"\1\0\0\0"],
    "family 257": [b"\1\1\0\0"],
    "family 16389 with an address": [b"\x40\5\x08\0\x0a"],
    "33 bits of IPv4": [b"\0\1\x21\0" + bytes([10, 1, 2, 1, 0])],
    "33 bits of IPv4 in 4 octets": [b"\0\1\x21\0" + bytes([10, 1, 2, 1])],
    "255 bits of IPv4": [b"\0\1\xff\0" + bytes(32)],
    "129 bits of IPv6": [b"\0\2\x81\0" + bytes(17)],
    "129 bits of IPv6 in 16 octets": [b"\0\2\x81\0" + bytes(16)],
    "an IPv6 address as IPv4": [b"\0\1\x38\0" + bytes.fromhex("20010db8001000")],
    "an IPv4 address as IPv6 of 32 bits, and more": [b"\0\2\x18\0" + bytes([10, 1, 2, 3])],
    "no octet for 1 bit": [b"\0\1\1\0"],
    "one octet too few": [b"\0\1\x18\0" + bytes([10, 1])],
    "one octet too many": [b"\0\1\x18\0" + bytes([10, 1, 2, 0])],
    "an octet for 0 bits": [b"\0\1\0\0\0"],
    "two octets for 8 bits": [b"\0\2\x08\0\x20\0"],
    "all octets of an IPv6 address for 56 bits": [b"\0\2\x38\0" + ipaddress.ip_address("2001:db8::").packed],
    "seven octets for 57 bits": [b"\0\2\x39\0" + bytes.fromhex("20010db8001000")],
    "a bit set beyond 23 bits": [b"\0\1\x17\0" + bytes([10, 1, 3])],
    "a bit set beyond 1 bit": [b"\0\1\1\0\xc0"],
    "a bit set beyond 31 bits": [b"\0\1\x1f\0" + bytes([10, 1, 2, 1])],
    "a bit set beyond 63 bits of IPv6": [b"\0\2\x3f\0" + bytes.fromhex("20010db800100001")],
    "a bit set beyond 65 bits of IPv6": [b"\0\2\x41\0" + bytes.fromhex("20010db800100000c0")],
    "a bit set beyond 127 bits of IPv6": [b"\0\2\x7f\0" + bytes(15) + b"\1"],
    "a scope": [option(1, 24, "10.1.2.0", scope=24)],
    "a scope without an address": [option(1, 0, scope=1)],
    "twice the same": [option(1, 24, "10.1.2.0")] * 2,
    "twice, once without an address": [option(1, 0), option(1, 24, "10.1.2.0")],
    "one right, one wrong": [option(1, 24, "10.1.2.0"), b"\0\1\x18\0" + bytes([10, 1])],
    "of both families": [option(1, 24, "10.1.2.0"), option(2, 56, "2001:db8:10::")],
}
# Options, the location whose member is answered, and the scope.
GOOD = [
    (option(1, 24, "10.1.2.0"), NYC, 16), (option(1, 32, "10.1.2.3"), NYC, 16), (option(1, 24, "10.2.3.0"), FRA, 15),
    (option(1, 16, "10.1.0.0"), NYC, 16),
    # Of a wider network it is the answer of the first address, which does not hold for all.
    (option(1, 8, "10.0.0.0"), FRA, 16), (option(2, 32, "2001:db8::"), None, 44),
    (option(2, 48, "2001:db8:10::"), FRA, 48), (option(2, 56, "2001:db8:20:ff00::"), NYC, 48),
    (option(2, 65, "2001:db8:20:0:8000::"), NYC, 48), (option(2, 128, "2001:db8:10::1"), FRA, 48),
    # IPv4-mapped and translated addresses are IPv4 ones.
    (option(2, 120, "::ffff:10.1.2.0"), NYC, 112), (option(2, 128, "64:ff9b::a01:203"), NYC, 112),
    # Without an address it is the resolver's own that counts.
    (option(1, 0), HERE, 0), (option(2, 0), HERE, 0),
]


def query(number, name, kind, options):
    rdata = b"".join(struct.pack("!HH", 8, len(data)) + data for data in options)
    return (struct.pack("!HHHHHH", number, 0, 1, 0, 0, 1) + dns.name.from_text(name).to_wire()
            + struct.pack("!HH", TYPES[kind], 1) + struct.pack("!BHHIH", 0, 41, 1232, 0, len(rdata)) + rdata)


class Asker:
    """One socket for all queries: none may be lost, and no connection may be closed for what it carries."""

    def __init__(self, address, port, tcp):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.tcp, self.number = tcp, 0
        self.socket = socket.socket(family, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
        self.socket.settimeout(LIMIT)
        self.socket.connect((address, port))

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise ConnectionError("closed")
            data += part
        return data

    def ask(self, name, kind, options):
        """The response code, the last part of each address answered, and the subnet options that came back."""
        self.number += 1
        wire = query(self.number, name, kind, options)
        self.socket.sendall(struct.pack("!H", len(wire)) + wire if self.tcp else wire)
        answer = self.read(struct.unpack("!H", self.read(2))[0]) if self.tcp else self.socket.recv(4096)
        reply = dns.message.from_wire(answer)
        assert reply.id == self.number and len(reply.question) == 1
        members = {str(item).replace(":", ".").rsplit(".", 1)[1] for rrset in reply.answer for item in rrset}
        echoed = [item.to_wire() for item in reply.options if item.otype == 8]
        return dns.rcode.to_text(reply.rcode()), members, echoed


def members(location):
    return {location} if location else {FRA, NYC, HERE}


def scoped(data, scope):
    return data[:3] + bytes([scope]) + data[4:]


def ask_heeded(tally, where, asker):
    for what, options in MALFORMED.items():
        for name, kind in [("near.example.org.", "A"), ("none.example.org.", "AAAA")]:
            tally.check(f"{where}: {name} {kind}, {what}", asker.ask(name, kind, options), ("FORMERR", set(), []))
    for data, location, scope in GOOD:
        for kind in ("A", "AAAA"):
            rcode, got, echoed = asker.ask("near.example.org.", kind, [data])
            # All of them have their turn where nothing is known; which one is no matter here.
            tally.check(f"{where}: near {kind}, {data.hex()}: members", (rcode, got <= members(location), len(got)),
                        ("NOERROR", True, 1))
            tally.check(f"{where}: near {kind}, {data.hex()}: the option", echoed, [scoped(data, scope)])
        for name, kind, rcode in [("ns.example.org.", "A", "NOERROR"), ("ns.example.org.", "TXT", "NOERROR"),
                                  ("none.example.org.", "A", "NXDOMAIN"), ("example.net.", "A", "REFUSED")]:
            got = asker.ask(name, kind, [data])
            tally.check(f"{where}: {name} {kind}, {data.hex()}", (got[0], got[2]), (rcode, [data]))
    tally.check(f"{where}: without the option", asker.ask("near.example.org.", "A", []), ("NOERROR", {HERE}, []))


def ask_ignored(tally, where, asker):
    for what, options in [*MALFORMED.items(), *((data.hex(), [data]) for data, _, _ in GOOD)]:
        got = asker.ask("near.example.org.", "A", options)
        tally.check(f"{where}, ecs off: {what}", got, ("NOERROR", {HERE}, []))


def client_subnets(tally, start, addresses):
    """- Parameter start: starts a server of a folder of zones with flags."""
    with tempfile.TemporaryDirectory() as folder:
        zones = pathlib.Path(folder) / "zones"
        zones.mkdir()
        (zones / "example.org.zone").write_text(ZONE)
        config = pathlib.Path(folder) / "swiftlet.yaml"
        for text, ask in [("ecs: on\n", ask_heeded), ("ecs: off\n", ask_ignored)]:
            config.write_text(text)
            server = start(zones, ["--config", str(config)])
            try:
                for family, port in server.ports.items():
                    for tcp in (False, True):
                        where = f"subnets, {'TCP' if tcp else 'UDP'} over IPv{family}"
                        ask(tally, where, Asker(addresses[family], port, tcp))
            finally:
                status = server.stop()
            tally.check(f"exit status after {text.strip()}", status, 0)
