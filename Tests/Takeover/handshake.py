"""Both sides of a takeover, to be broken off at any step."""

import array
import fcntl
import json
import os
import socket
import threading

LIMIT = 30.0


def bound(kind, address="127.0.0.1", port=0, shares=False, both=False):
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)
    if shares:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if ":" in address:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if both else 1)
    made.bind((address, port))
    if kind == socket.SOCK_STREAM:
        made.listen()
    return made


def pair(**settings):
    """One of UDP and one of TCP at a port that is free for both."""
    while True:
        udp = bound(socket.SOCK_DGRAM, **settings)
        try:
            return [udp, bound(socket.SOCK_STREAM, port=udp.getsockname()[1], **settings)]
        except OSError:
            udp.close()


def send(connection, message, files=()):
    octets = (json.dumps(message) + "\n").encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else []
    connection.sendmsg([octets], rights)


def receive(connection):
    """A message and its descriptors; (None, []) at the end."""
    line, files = b"", array.array("i")
    while not line.endswith(b"\n"):
        octets, ancillary, _, _ = connection.recvmsg(65_536, socket.CMSG_LEN(253 * files.itemsize))
        for _, _, rights in ancillary:
            files.frombytes(rights[:len(rights) - len(rights) % files.itemsize])
        if not octets:
            return None, []
        line += octets
    return json.loads(line), list(files)


class NewProcess:
    """What takes over, as the running server sees it."""

    def __init__(self, control):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(LIMIT)
        self.connection.connect(str(control))
        self.files = []

    def ask(self, **message):
        send(self.connection, message)
        reply, files = receive(self.connection)
        self.files += files
        return reply

    def end(self):
        self.connection.close()
        for file in self.files:
            os.close(file)
        self.files = []


class OldProcess:
    """What is taken over from, as the new server sees it: it answers `steps` of the requests, then it ends. Where a reply
    is None it says nothing until `end`."""

    def __init__(self, place, steps, replies=None):
        self.place, self.steps, self.replies = place, steps, replies or {}
        self.udp, self.tcp = pair()
        self.port = self.udp.getsockname()[1]
        self.lock = os.open(f"{place.control}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place.control.unlink(missing_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(place.control))
        self.listener.listen()
        self.asked = []
        self.silence = threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        connection, _ = self.listener.accept()
        connection.settimeout(LIMIT)
        while len(self.asked) < self.steps:
            request, _ = receive(connection)
            if request is None:
                break
            self.asked.append(request["do"])
            reply = self.replies.get(request["do"], {"ok": True})
            files = []
            if reply is None:
                self.silence.wait(2 * LIMIT)
                break
            if request["do"] == "takeover" and reply["ok"]:
                reply = {"handshake": 1, "version": "9.9", "process": os.getpid(), "colour": "blue",
                         "files": ["control", "socket", "riddle", "socket", "control-lock"]} | reply
                files = [self.listener.fileno(), self.udp.fileno(), 0, self.tcp.fileno(), self.lock]
            send(connection, reply, files)
        connection.close()
        for file in (self.udp, self.tcp, self.listener):
            file.close()
        os.close(self.lock)

    def end(self):
        self.silence.set()
        self.join()

    def join(self):
        self.thread.join(LIMIT)
