"""The same pools in the words of each server that has any: 200 with weights, and 200 of which the
member nearest to the client is answered. All have health checks, where the server has them: over
TCP, of addresses of loopback."""

import random
import textwrap

from . import data

ORIGIN = "pools.example"
POOLS = 200
WEIGHTS = (1, 2, 3, 1)  # of the members
# A member is at each; with degrees, as LOC (RFC 1876) has them.
LOCATIONS = {"fra": "50 6 0 N 8 41 0 E 100m", "nyc": "40 43 0 N 74 0 0 W 10m",
             "sin": "1 17 0 N 103 51 0 E 10m", "syd": "33 52 0 S 151 12 0 E 10m"}
CHECK_INTERVAL_SECONDS = 60  # checks are there, but do not cost what is measured
TTL = 300


def names():
    return [f"w{i:03}" for i in range(POOLS)], [f"g{i:03}" for i in range(POOLS)]


def members(pool):
    """The addresses, of loopback so that they can be checked."""
    return [f"127.2.{pool}.{member + 1}" for member in range(len(WEIGHTS))]


def networks():
    """Client networks with the index of their location, neighbours mostly with different ones."""
    rng = random.Random(data.SEED)
    return {f"20.{i}.0.0/16": rng.randrange(len(LOCATIONS)) for i in range(256)}


def _at(location):
    return [network for network, index in networks().items() if index == location]


def _zone(lines):
    return data.header(origin=ORIGIN) + "".join(f"{line}\n" for line in lines)


def _plain_lines():
    """The addresses as they are, for who keeps its policies elsewhere."""
    return [f"{name} {TTL} IN A {address}" for group in names()
            for pool, name in enumerate(group) for address in members(pool)]


def write_swiftlet_zone(path, check_port):
    lines = _plain_lines()
    lines.append(f'web._check IN TXT "type=tcp port={check_port} interval={CHECK_INTERVAL_SECONDS}s"')
    for index, (location, place) in enumerate(LOCATIONS.items()):
        lines.append(f"{location}._at IN LOC {place}")
        lines.append(f"{location}._at IN APL " + " ".join(f"1:{network}" for network in _at(index)))
    weighted, near = names()
    for pool, (one, other) in enumerate(zip(weighted, near)):
        lines.append(f'_lb.{one} IN TXT "steer=up,weighted check=web"')
        lines += [f'_lb.{one} IN TXT "member={address} weight={weight}"'
                  for address, weight in zip(members(pool), WEIGHTS)]
        lines.append(f'_lb.{other} IN TXT "steer=up,nearest,weighted check=web"')
        lines += [f'_lb.{other} IN TXT "member={address} at={location}"'
                  for address, location in zip(members(pool), LOCATIONS)]
    path.write_text(_zone(lines))


def write_gdnsd_zone(path):
    weighted, near = names()
    lines = [f"{name} {TTL}/{TTL} DYNA weighted!{name}" for name in weighted]
    lines += [f"{name} {TTL}/{TTL} DYNA geoip!{name}" for name in near]
    path.write_text(_zone(lines))


def gdnsd_service(check_port):
    return f"""service_types => {{
  web => {{ plugin => tcp_connect, port => {check_port}, interval => {CHECK_INTERVAL_SECONDS} }}
}}
"""


def gdnsd_weighted():
    lines = []
    for pool, name in enumerate(names()[0]):
        pairs = ", ".join(f"a{i} = [ {address}, {weight} ]"
                          for i, (address, weight) in enumerate(zip(members(pool), WEIGHTS)))
        lines.append(f"    {name} => {{ service_types = web, {pairs} }}")
    return lines


def gdnsd_geoip():
    """The nearest first; the others stand in for it in the order of their names."""
    places = list(LOCATIONS)
    lines = ["  geoip => {", "    maps => { clients => {", f"      datacenters => [ {', '.join(places)} ]",
             "      nets => {"]
    for network, index in networks().items():
        order = [places[index]] + [place for place in places if place != places[index]]
        lines.append(f"        {network} => [ {', '.join(order)} ]")
    lines += ["      }", "    } }", "    resources => {"]
    for pool, name in enumerate(names()[1]):
        pairs = ", ".join(f"{place} => {address}" for place, address in zip(places, members(pool)))
        lines.append(f"      {name} => {{ map => clients, service_types => web, dcmap => {{ {pairs} }} }}")
    return lines + ["    }", "  }"]


def write_knot_zone(path):
    path.write_text(_zone(_plain_lines()))


def write_knot_modules(folder):
    """The two files of mod-geoip; it has no health checks."""
    weighted, near = names()
    with open(folder / "weighted.conf", "w") as file:
        for pool, name in enumerate(weighted):
            file.write(f"{name}.{ORIGIN}:\n")
            file.writelines(f"  - weight: {weight}\n    A: {address}\n"
                            for address, weight in zip(members(pool), WEIGHTS))
    with open(folder / "near.conf", "w") as file:
        for pool, name in enumerate(near):
            addresses = members(pool)
            file.write(f"{name}.{ORIGIN}:\n")
            file.writelines(f"  - net: {network}\n    A: {addresses[index]}\n"
                            for network, index in networks().items())


def write_powerdns_zone(path):
    """By its functions of Lua; `view` answers by network. Neither heeds health."""
    weighted, near = names()
    lines = []
    for pool, (one, other) in enumerate(zip(weighted, near)):
        pairs = ", ".join(f"{{{weight}, '{address}'}}" for address, weight in zip(members(pool), WEIGHTS))
        lines.append(f'{one} {TTL} IN LUA A "pickwrandom({{{pairs}}})"')
        views = ", ".join(
            "{ {" + ", ".join(f"'{network}'" for network in _at(index)) + f"}}, {{'{address}'}} }}"
            for index, address in enumerate(members(pool)))
        # A character string has at most 255 octets; those of a record are joined by spaces.
        strings = " ".join(f'"{part}"' for part in textwrap.wrap(f"view({{{views}}})", 250))
        lines.append(f"{other} {TTL} IN LUA A {strings}")
    path.write_text(_zone(lines))
