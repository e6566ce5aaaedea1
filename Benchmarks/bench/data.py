"""The zones and the queries. Everything is seeded: two runs measure the same bytes."""

import random

ZONE = "example.com"
SEED = 20
SINGLE_NAMES = 10_000
MULTI_NAMES = 200
ADDRESSES_PER_MULTI_NAME = 4
NXDOMAIN_SHARE = 0.1
QUERY_SETS = ("plain", "rotated", "nxdomain", "mixed")

HEADER = """$ORIGIN {zone}.
$TTL 300
@ 300 IN SOA ns1.{zone}. hostmaster.{zone}. {serial} 7200 1800 1209600 300
@ 300 IN NS ns1.{zone}.
ns1 300 IN A 192.0.2.53
"""


def header(serial=1, origin=ZONE):
    return HEADER.format(zone=origin, serial=serial)


def address(prefix, number):
    """An address of 10/8; `prefix` (up to 16 values) keeps the sets of addresses apart."""
    return f"10.{prefix * 16 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


def single_records():
    """Name to its one address."""
    return {f"h{i:05}": address(1, i) for i in range(SINGLE_NAMES)}


def multi_records():
    """Name to its four addresses."""
    return {
        f"m{i:03}": [address(2, i * ADDRESSES_PER_MULTI_NAME + j)
                     for j in range(ADDRESSES_PER_MULTI_NAME)]
        for i in range(MULTI_NAMES)
    }


def write_throughput_zone(path):
    with open(path, "w") as file:
        file.write(header())
        for name, one in single_records().items():
            file.write(f"{name} 300 IN A {one}\n")
        for name, several in multi_records().items():
            file.writelines(f"{name} 300 IN A {one}\n" for one in several)


def write_gdnsd_zone(path):
    """As above, with the names of several addresses answered by its weighted plugin."""
    with open(path, "w") as file:
        file.write(header())
        for name, one in single_records().items():
            file.write(f"{name} 300 IN A {one}\n")
        for name in multi_records():
            file.write(f"{name} 300/300 DYNA weighted!{name}\n")


def gdnsd_weighted():
    """Equal weights and `multi`: all four addresses are answered, as the others do."""
    lines = []
    for name, several in multi_records().items():
        members = ", ".join(f"a{i} = [ {one}, 1 ]" for i, one in enumerate(several))
        lines.append(f"    {name} => {{ multi = true, {members} }}")
    return lines


def query_names(kind):
    """The names to ask for, in random order; asking starts over at the end."""
    rng = random.Random(f"{SEED} {kind}")
    singles, multis = list(single_records()), list(multi_records())

    def absent(count):
        return [f"x{rng.getrandbits(20):05x}" for _ in range(count)]

    if kind == "plain":
        names = singles * 2
    elif kind == "rotated":
        names = multis * 100
    elif kind == "nxdomain":
        names = absent(2 * SINGLE_NAMES)
    else:
        names = (singles + multis) * 2
        names += absent(round(len(names) * NXDOMAIN_SHARE / (1 - NXDOMAIN_SHARE)))
    rng.shuffle(names)
    return names


def big_name(number):
    return f"r{number:07}"


def big_address(number):
    return address(3 + (number >> 20), number & 0xFFFFF)


def write_big_zone(path, records, serial=1, origin=ZONE, first=0):
    """One A record a name, in the order of the names, as a zone dump would be. The first address is
    `first`."""
    with open(path, "w") as file:
        file.write(header(serial, origin))
        for start in range(0, records, 10_000):
            file.write("".join(f"{big_name(i)} 300 IN A {big_address(first + i)}\n"
                               for i in range(start, min(start + 10_000, records))))
