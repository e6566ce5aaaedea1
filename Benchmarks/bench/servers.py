"""All servers, by name."""

from .peers import BIND, Gdnsd, Knot, NSD, PowerDNS
from .processes import BenchError
from .server import Reflector, Swiftlet

ALL = {kind.name: kind for kind in (Reflector, Swiftlet, Gdnsd, NSD, Knot, BIND, PowerDNS)}


def chosen(names, allowed=tuple(ALL)):
    """The server classes of a comma-separated list."""
    kinds = []
    for name in names.split(","):
        if name not in allowed:
            raise BenchError(f"no server \"{name}\" here; there are {', '.join(allowed)}")
        kinds.append(ALL[name])
    return kinds
