"""Asks many queries of several servers at once, pipelined, over UDP and TCP.

Every server has one UDP socket and one TCP connection with a window of
outstanding queries each. One loop waits for all of them; what stays unanswered
is asked again a few times, then counts as no answer (None).
"""

import selectors
import socket
import struct
import time

UDP_WINDOW, TCP_WINDOW = 48, 24
RETRY_AFTER, ATTEMPTS = 1.0, 3


class Channel:
    """The queries for one server over one transport."""
    window = UDP_WINDOW

    def __init__(self, port, queries, results):
        self.port, self.queries, self.results = port, queries, results  # queries: [(index, Query)]
        self.next, self.outstanding, self.attempts = 0, {}, {}
        self.lost = 0  # given up since the last response
        self.socket = None

    @property
    def finished(self):
        return self.next >= len(self.queries) and not self.outstanding

    def fill(self):
        """Sends until the window is full."""
        while self.next < len(self.queries) and len(self.outstanding) < self.window:
            ident = (self.next * 7 + 1) & 0xFFFF
            self.outstanding[ident] = (self.next, time.monotonic() + RETRY_AFTER)
            self.transmit(ident, self.next)
            self.next += 1

    def accept(self, message):
        """Files a response under its query."""
        if len(message) < 2:
            return
        found = self.outstanding.pop(struct.unpack_from("!H", message)[0], None)
        if found:
            self.lost = 0
            self.results[self.queries[found[0]][0]] = message

    def give_up_or_retry(self):
        """Repeats what is overdue, gives up after some attempts."""
        now = time.monotonic()
        for ident, (number, deadline) in list(self.outstanding.items()):
            if deadline > now:
                continue
            tries = self.attempts[number] = self.attempts.get(number, 1) + 1
            if tries > ATTEMPTS:
                del self.outstanding[ident]
                self.lost += 1
            else:
                self.outstanding[ident] = (number, now + RETRY_AFTER)
                self.transmit(ident, number)
        if self.lost >= self.window:
            self.give_up()

    def give_up(self):
        """Leaves the rest unasked: the server ended or hangs."""
        self.next = len(self.queries)
        self.outstanding.clear()


class UDPChannel(Channel):
    """Queries as datagrams."""

    def open(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.socket.connect(("127.0.0.1", self.port))
        self.socket.setblocking(False)
        self.refused = 0

    def transmit(self, ident, number):
        try:
            self.socket.send(self.queries[number][1].to_wire(ident))
        except BlockingIOError:
            pass  # asked again when overdue
        except ConnectionRefusedError:
            self.refused += 1

    def readable(self):
        while True:
            try:
                self.accept(self.socket.recv(65535))
            except BlockingIOError:
                break
            except ConnectionRefusedError:
                self.refused += 1
        if self.refused > 20:  # nobody listens any more: the server ended
            self.give_up()


class TCPChannel(Channel):
    """Queries over one connection, opened anew when the server closes it."""
    window = TCP_WINDOW

    def open(self):
        self.buffer = b""
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=3)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def transmit(self, ident, number):
        message = self.queries[number][1].to_wire(ident)
        try:
            self.socket.sendall(struct.pack("!H", len(message)) + message)
        except OSError:
            pass  # the reading side sees the close

    def readable(self):
        try:
            data = self.socket.recv(1 << 18)
        except OSError:
            data = b""
        if not data:
            raise EOFError
        self.buffer += data
        position = 0
        while len(self.buffer) - position >= 2:
            length = struct.unpack_from("!H", self.buffer, position)[0]
            if len(self.buffer) - position - 2 < length:
                break
            self.accept(self.buffer[position + 2:position + 2 + length])
            position += 2 + length
        self.buffer = self.buffer[position:]


def reopen(channel, selector):
    """A new connection in place of a closed one; what was outstanding is asked again."""
    selector.unregister(channel.socket)
    channel.socket.close()
    try:
        channel.open()
    except OSError:
        channel.give_up()
        channel.socket = None
        return
    selector.register(channel.socket, selectors.EVENT_READ, channel)
    for ident, (number, _) in list(channel.outstanding.items()):
        channel.outstanding[ident] = (number, 0)
    channel.give_up_or_retry()


def exchange(ports, queries):
    """The responses of each server: {name: [bytes or None for each query]}."""
    answers = {server: [None] * len(queries) for server in ports}
    selector = selectors.DefaultSelector()
    channels = []
    try:
        for server, port in ports.items():
            for kind, wanted in ((UDPChannel, False), (TCPChannel, True)):
                own = [(index, query) for index, query in enumerate(queries) if query.tcp == wanted]
                if not own:
                    continue
                channel = kind(port, own, answers[server])
                channels.append(channel)
                try:
                    channel.open()
                except OSError:
                    channel.next, channel.socket = len(own), None
                    continue
                selector.register(channel.socket, selectors.EVENT_READ, channel)
                channel.fill()
        overdue_check = time.monotonic() + RETRY_AFTER / 4
        while not all(channel.finished for channel in channels):
            for key, _ in selector.select(RETRY_AFTER / 4):
                try:
                    key.data.readable()
                except EOFError:
                    reopen(key.data, selector)
                if key.data.socket is not None:
                    key.data.fill()
            if time.monotonic() >= overdue_check:
                overdue_check = time.monotonic() + RETRY_AFTER / 4
                for channel in channels:
                    if channel.socket is not None:
                        channel.give_up_or_retry()
                        channel.fill()
    finally:
        for channel in channels:
            if channel.socket is not None:
                channel.socket.close()
        selector.close()
    return answers
