"""Zones with pools, and beside each kind of pool plain names whose answers have the same size."""

from . import data

ORIGIN = "pools.example"
HEADER = f"$ORIGIN {ORIGIN}.\n$TTL 300\n@ SOA ns hostmaster 1 7200 1800 1209600 300\n@ NS ns\nns A 192.0.2.53\n"

# A kind of pool: its policy, its members, how many an answer holds. Weights are 1, 2, 3, 1, 2, ...
KINDS = {
    "weighted": ("steer=weighted", 10, 1),
    "random": ("steer=weighted-random", 10, 1),
    "sticky": ("steer=hash:client", 10, 1),
    "turns": ("steer=round-robin", 4, 4),
}


def pool_lines(owner, kind, number):
    policy, count, _ = KINDS[kind]
    addresses = [data.address(4, number * count + member) for member in range(count)]
    lines = [f"{owner} A {address}\n" for address in addresses]
    lines.append(f'_lb.{owner} TXT "{policy}"\n')
    if kind != "turns":
        lines += [f'_lb.{owner} TXT "member={address} weight={member % 3 + 1}"\n'
                  for member, address in enumerate(addresses)]
    return lines


def plain_lines(owner, kind, number):
    size = KINDS[kind][2]
    return [f"{owner} A {data.address(3, number * size + record)}\n" for record in range(size)]


def pool_name(kind, number):
    return f"{kind}{number:05}"


def plain_name(kind, number):
    """As long as the pool's, so that it costs as much to look up."""
    return pool_name(kind[::-1], number)


def write_zone(path, kinds, count, policies=True):
    """Pools of each kind, as many plain names; without `policies`, the addresses of the pools alone."""
    with open(path, "w") as file:
        file.write(HEADER)
        for kind in kinds:
            for number in range(count):
                lines = pool_lines(pool_name(kind, number), kind, number)
                file.writelines(line for line in lines if policies or " TXT " not in line)


def write_comparison(path, kinds, count):
    write_zone(path, kinds, count)
    with open(path, "a") as file:
        for kind in kinds:
            for number in range(count):
                file.writelines(plain_lines(plain_name(kind, number), kind, number))


def write_queries(path, name, kind, count):
    """Neighbours in time are far apart in the zone."""
    with open(path, "w") as file:
        file.writelines(f"{name(kind, index * 7919 % count)}.{ORIGIN} A\n" for index in range(count))
