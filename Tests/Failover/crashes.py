"""Swiftlet killed at any moment, again and again: what it has confirmed it has to know, and all else has to be whole."""

import json
import os
import random
import socket
import threading
import time

from backends import LIMIT, Actor, wait_until

# Its checks make it go down and come back all the time, so that there is always something to be kept.
FLAPPING, FLAPPING_PORT = "127.0.20.8", 28_778
# Who is drained all the time, ordered about all the time, down, and up all the time.
DRAINED, ORDERED, DEAD, ALIVE = "127.0.20.1", "127.0.20.2", "127.0.20.5", "127.0.20.6"
RUN = 0.12
ORDERS = [{"do": "drain"}, {"do": "auto"}, {"do": "weight", "weight": 7}, {"do": "up", "for": "1h"}, {"do": "auto"},
          {"do": "down", "reason": "rack 8"}, {"do": "drain", "for": "3h"}]


def zone_text(version):
    """Policy for the flapping member, and a name whose address is the version."""
    return (f"version IN A 127.{version >> 16}.{version >> 8 & 255}.{version & 255}\n"
            f"flap IN A {FLAPPING}\n_lb.flap IN TXT \"check=flap\"\n"
            f"flap._check IN TXT \"type=agent port={FLAPPING_PORT} interval=100ms timeout=50ms\"\n")


def flap():
    words = {"maint": False}

    def habit(connection):
        words["maint"] = not words["maint"]
        connection.sendall(b"maint\n" if words["maint"] else b"ready up\n")
    return habit


class Client(threading.Thread):
    """Has one request after the other done, until the server is gone."""

    def __init__(self, server, requests, last=()):
        super().__init__(daemon=True)
        self.server, self.requests = server, requests
        # The last that was confirmed, and what may have been done since.
        self.possible = list(last)
        self.done, self.refused = 0, []
        self.start()

    def run(self):
        try:
            with self.server.connect() as connection, connection.makefile("r") as replies:
                for request in self.requests:
                    self.possible.append(request)
                    connection.sendall((json.dumps(request) + "\n").encode())
                    line = replies.readline()
                    if not line.endswith("\n"):
                        return
                    reply = json.loads(line)
                    # To take back what was not ordered changes nothing.
                    if not reply["ok"] and request["do"] != "auto":
                        self.refused.append(reply["error"])
                    self.possible = [request]
                    self.done += 1
        except OSError:
            pass


class Crashes:
    """Kills a server while it reloads, checks its members and takes orders."""

    def __init__(self, tally, server, zone):
        self.tally, self.server, self.zone = tally, server, zone
        self.version, self.amid_write, self.orders, self.reloads = 0, 0, 0, 0
        self.last = [{"do": "auto"}]
        self.agent = Actor(FLAPPING, FLAPPING_PORT, flap())

    def run(self, rounds):
        self.write_zone()
        self.server.do("reload")
        wait_until(lambda: (self.standing(DEAD)[0], self.standing(ALIVE)[0]) == ("down", "up"), "the states")
        # When an order is confirmed, states have been written as well.
        self.tally.check("drain", self.server.do("drain", DRAINED, "--for", "2h", "--reason", "rack 7").returncode, 0)
        self.kept = {address: self.standing(address) for address in (DEAD, ALIVE)}
        self.drain = self.member(DRAINED)["orders"]
        wrong = []
        for number in range(rounds):
            self.work()
            self.amid_write += (self.server.folder / "state.new").exists()
            if number % 4 == 0:
                self.kill_at_the_start()
            self.server.start()
            wrong += [f"round {number}: {mistake}" for mistake in self.mistakes()]
        self.tally.check(f"{rounds} kills: everything that was confirmed is known, and all is whole", wrong[:10], [])
        leftovers = [name for name in os.listdir(self.server.folder) if name.startswith("control.")]
        self.tally.check("files left beside the socket", leftovers, ["control.lock"])
        for address in (DRAINED, ORDERED):
            self.server.do("auto", address)
        wait_until(lambda: self.server.answer("killed")[0] >= {DRAINED, ORDERED}, "all to be answered again")
        print(f"{rounds} kills, {self.amid_write} of them amid a write of states, "
              f"during {self.orders} orders and {self.reloads} reloads")

    def work(self):
        """Orders and reloads until a moment that nobody knows."""
        def orders():
            while True:
                yield {**random.choice(ORDERS), "member": ORDERED}

        def reloads():
            while True:
                self.write_zone()
                yield {"do": "reload"}
        ordering, reloading = Client(self.server, orders(), self.last), Client(self.server, reloads())
        time.sleep(random.uniform(0, RUN))
        self.server.kill()
        ordering.join(LIMIT)
        reloading.join(LIMIT)
        self.last = ordering.possible
        self.orders += ordering.done
        self.reloads += reloading.done
        self.refused = ordering.refused + reloading.refused

    def kill_at_the_start(self):
        self.server.launch()
        time.sleep(random.uniform(0, 0.03))
        self.server.kill()

    def write_zone(self):
        """Puts another version in place, whole."""
        self.version += 1
        new = self.server.folder / "zone.new"
        new.write_text(self.zone + zone_text(self.version))
        new.rename(self.server.folder / "zones" / "failover.example.zone")

    def mistakes(self):
        """What the server that has just begun does not know, or not well."""
        yield from self.refused
        if "states of before are not known" in self.server.said():
            yield "the state file is damaged"
        version = self.version
        expected = f"127.{version >> 16}.{version >> 8 & 255}.{version & 255}"
        if (got := self.server.answer("version")[0]) != {expected}:
            yield f"version {got} in place of {expected}"
        for address in (DEAD, ALIVE):
            state, since = self.standing(address)
            # Clocks are slewed.
            if state != self.kept[address][0] or abs(since - self.kept[address][1]) > 1:
                yield f"{address} {state} since {since}, in place of {self.kept[address]}"
        if (drain := self.member(DRAINED)["orders"]) != self.drain:
            yield f"{drain} in place of {self.drain}"
        if DRAINED in self.server.answer("killed")[0]:
            yield "the drained member is answered"
        if DEAD in self.server.answer("open")[0]:
            yield "the dead member is answered"
        orders = [(order["do"], order["weight"], order["until"] and order["until"] - order["since"], order["reason"])
                  for order in self.member(ORDERED)["orders"]]
        if not any(self.fits(request, orders) for request in self.last):
            yield f"orders {orders}, where {self.last} came last"

    @staticmethod
    def fits(request, orders):
        """Whether these orders may be in force after a request."""
        if request["do"] == "auto":
            return not orders
        span = {None: None, "1h": 3_600, "3h": 10_800}[request.get("for")]
        return (request["do"], request.get("weight"), span, request.get("reason", "")) in orders

    def standing(self, address):
        member = self.member(address)
        return member["state"], member["since"]

    def member(self, address):
        with self.server.connect() as connection, connection.makefile("r") as replies:
            connection.sendall(b'{"do":"status","name":"failover.example"}\n')
            pools = json.loads(replies.readline())["pools"]
        name = "open" if address in (DEAD, ALIVE) else "killed"
        return next(member for pool in pools if pool["name"] == f"{name}.failover.example." and pool["type"] == "A"
                    for member in pool["members"] if member["member"] == address)
