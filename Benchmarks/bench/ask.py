"""Asking a server single questions: until it is ready, and whether its answers are right."""

import random
import socket
import time

from . import wire
from .processes import BenchError


class Asker:
    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.id = random.randrange(65536)

    def close(self):
        self.socket.close()

    def ask(self, name, type="A", timeout=1.0, edns=False, subnet=None):
        """The answer, or None when none came in time."""
        self.id = (self.id + 1) % 65536
        deadline = time.monotonic() + timeout
        try:
            self.socket.send(wire.query(self.id, name, type, edns, subnet))
            while (left := deadline - time.monotonic()) > 0:
                self.socket.settimeout(left)
                message = self.socket.recv(4096)
                if len(message) > 2 and int.from_bytes(message[:2], "big") == self.id:
                    return wire.parse(message)
        except (ConnectionRefusedError, TimeoutError):
            # Nothing listens yet: keep to the pace all the same.
            time.sleep(max(0, deadline - time.monotonic()))
        return None


def wait_until_ready(process, port, name, addresses, limit=120.0):
    """Asks every millisecond until the right answer comes; returns seconds since the start.
    With no addresses any answer will do."""
    asker = Asker(port)
    try:
        while True:
            answer = asker.ask(name, timeout=0.001)
            now = time.monotonic()
            if answer is not None and (not addresses or answer.addresses == set(addresses)):
                return now - process.started_at
            process.check_alive()
            if now - process.started_at > limit:
                raise BenchError(f"{process.argv[0]}: no right answer after {limit:.0f} s:\n"
                                 f"{process.log_tail()}")
    finally:
        asker.close()


def check(asker, name, rcode, addresses, **options):
    answer = asker.ask(name, **options) or asker.ask(name, **options)
    if answer is None:
        raise BenchError(f"{name}: no answer")
    wanted = (rcode, True, False, len(addresses), set(addresses))
    got = (answer.rcode, answer.authoritative, answer.truncated, answer.answer_count,
           answer.addresses)
    if got != wanted:
        raise BenchError(f"{name}: wrong answer: (rcode, AA, TC, records, addresses) "
                         f"is {got}, should be {wanted}")
    if rcode == wire.NXDOMAIN and answer.serial is None:
        raise BenchError(f"{name}: NXDOMAIN without SOA")
