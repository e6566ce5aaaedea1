"""When the nearest location fails, each of its clients goes to the next nearest of its own, and comes back."""

import time

from backends import HTTP, LIMIT, Nginx

LOCATIONS = {"fra": "127.0.20.31", "nyc": "127.0.20.32", "sin": "127.0.20.33"}
# By their network, in which order clients have the locations.
ORDERS = {
    # A network of fra's own: then by distance.
    "10.1.0.0/16": ["fra", "nyc", "sin"],
    # As measured.
    "10.2.0.0/16": ["fra", "sin", "nyc"],
    "10.3.0.0/16": ["fra", "nyc", "sin"],
    "10.4.0.0/16": ["nyc", "fra", "sin"],
    "10.5.0.0/16": ["sin", "nyc", "fra"],
    # Its own, though another one is measured to be nearer.
    "10.6.0.0/16": ["sin", "fra", "nyc"],
}
TIMES = [("10.2.0.0/15", "fra", 10), ("10.2.0.0/16", "sin", 20), ("10.2.0.0/16", "nyc", 30), ("10.3.0.0/16", "nyc", 20),
         ("10.3.0.0/16", "sin", 30), ("10.4.0.0/16", "nyc", 1), ("10.4.0.0/16", "fra", 2), ("10.4.0.0/16", "sin", 3),
         ("10.5.0.0/16", "sin", 1), ("10.5.0.0/16", "nyc", 2), ("10.5.0.0/16", "fra", 3), ("10.6.0.0/16", "fra", 1)]


def zone_lines(times):
    lines = ["fra._at IN LOC 50 06 0 N 8 40 0 E 100m", "fra._at IN APL 1:10.1.0.0/16",
             "nyc._at IN LOC 40 42 0 N 74 0 0 W 10m",
             "sin._at IN LOC 1 21 0 N 103 59 0 E 10m", "sin._at IN APL 1:10.6.0.0/16",
             '_lb.spill IN TXT "check=spill steer=up,nearest,weighted"',
             f'spill._check IN TXT "type=http port={HTTP} {times}"']
    for name, address in LOCATIONS.items():
        lines += [f"spill IN A {address}", f'_lb.spill IN TXT "member={address} at={name}"']
    return lines


def settings(folder):
    """What the configuration needs."""
    (folder / "rtt.txt").write_text("".join(f"{network} {name} {time}\n" for network, name, time in TIMES))
    return f"locations: {{rtt: {folder}/rtt.txt}}\n"


class Spill:
    """The back ends of all locations. To be made before the server, so that it finds them all up."""

    def __init__(self, folder, certificates):
        self.servers = {name: Nginx(folder, address, certificates) for name, address in LOCATIONS.items()}
        self.lost = set()

    def expected(self, client):
        return next(name for name in ORDERS[client] if name not in self.lost)

    def answered(self, client):
        names = {address: name for name, address in LOCATIONS.items()}
        return {names[address] for address in self.server.answer("spill", client=client)[0]}

    def settle(self, what, change):
        """After a change each client goes where it should, by and by, and never anywhere else."""
        before = {client: self.expected(client) for client in ORDERS}
        change()
        waiting, strays = set(ORDERS), []
        deadline = time.monotonic() + LIMIT
        while waiting and time.monotonic() < deadline:
            for client in sorted(waiting):
                got = self.answered(client)
                if got == {self.expected(client)}:
                    waiting.discard(client)
                elif got != {before[client]}:
                    strays.append((client, got))
            time.sleep(0.004)
        self.tally.check(f"spill, {what}: clients that do not go where they should", waiting, set())
        self.tally.check(f"spill, {what}: clients that went elsewhere", strays, [])
        self.tally.check(f"spill, {what}: where clients are", {client: self.answered(client) for client in ORDERS},
                         {client: {self.expected(client)} for client in ORDERS})

    def fail(self, name):
        self.lost.add(name)
        self.servers[name].kill()

    def mend(self, name):
        self.lost.discard(name)
        self.servers[name].start()

    def run(self, tally, server):
        self.tally, self.server = tally, server
        self.settle("all are up", lambda: None)
        for name in LOCATIONS:
            self.settle(f"{name} fails", lambda: self.fail(name))
            self.settle(f"{name} is back", lambda: self.mend(name))
        self.settle("fra fails", lambda: self.fail("fra"))
        self.settle("nyc fails, too", lambda: self.fail("nyc"))
        self.settle("fra is back", lambda: self.mend("fra"))
        self.settle("nyc is back", lambda: self.mend("nyc"))
