"""Swiftlet that can be watched, with back ends that fail on demand and clients that ask."""

import http.client
import http.server
import json
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time

import dns.message

LIMIT = 30.0
PORT = 28_180
APEX = "watched.example"

# name: policy, members as (address, weight, location, tier)
POOLS = {
    "www": ("steer=up,weighted check=web ttl=2..10",
            [("127.0.18.1", 3, "fra", 1), ("127.0.18.2", 2, "nyc", 1), ("127.0.18.3", 1, "syd", 1)]),
    "api": ("steer=up,tier,weighted check=web ttl=2..10",
            [("127.0.18.4", 1, "fra", 1), ("127.0.18.5", 1, "fra", 1), ("127.0.18.6", 1, "nyc", 2)]),
    "near": ("steer=up,nearest,weighted check=web ttl=2..10 default-at=fra",
             [("127.0.18.1", 1, "fra", 1), ("127.0.18.2", 1, "nyc", 1), ("127.0.18.3", 1, "syd", 1)]),
    "plain": ("steer=round-robin", [("127.0.18.7", 1, None, 1), ("127.0.18.8", 1, None, 1)]),
}
PLACES = {"fra": "50 06 37 N 8 40 55 E 112m", "nyc": "40 42 46 N 74 00 21 W 10m", "syd": "33 52 0 S 151 12 0 E 10m"}
TARGETS = sorted({address for _, members in POOLS.values() for address, _, at, _ in members if at})


def zone():
    lines = ["$TTL 60", "@ IN SOA ns hostmaster 2026112101 3600 600 604800 300", "  IN NS ns", "ns IN A 127.0.0.1",
             f'web._check IN TXT "type=http port={PORT} path=/ interval=500ms timeout=400ms rise=2 fall=2"']
    lines += [f"{name}._at IN LOC {place}" for name, place in PLACES.items()]
    lines += ["fra._at IN APL 1:127.0.0.0/9", "syd._at IN APL 1:203.0.113.0/24"]
    for name, (policy, members) in POOLS.items():
        lines.append(f'_lb.{name} IN TXT "{policy}"')
        for address, weight, place, tier in members:
            lines.append(f"{name} IN A {address}")
            at = f" at={place}" if place and "nearest" in policy else ""
            tier = f" tier={tier}" if tier > 1 else ""
            if weight > 1 or at or tier:
                lines.append(f'_lb.{name} IN TXT "member={address} weight={weight}{at}{tier}"')
    return "".join(f"{line}\n" for line in lines)


def many_pools(count):
    """A zone of so many pools without checks."""
    lines = ["$TTL 60", "@ IN SOA ns hostmaster 1 3600 600 604800 300", "  IN NS ns", "ns IN A 127.0.0.1"]
    for number in range(count):
        lines += [f'_lb.p{number} IN TXT "steer=weighted"', f"p{number} IN A 192.0.2.1", f"p{number} IN A 192.0.2.2"]
    return "".join(f"{line}\n" for line in lines)


def wait_until(condition, what, limit=LIMIT):
    deadline = time.monotonic() + limit
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.02)


class QuietServer(http.server.ThreadingHTTPServer):
    """Says nothing of clients that leave before the end."""

    allow_reuse_address = True

    def handle_error(self, *_):
        pass


class BackEnd:
    """An HTTP server on one address, with a response time of its own."""

    def __init__(self, address, delay):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(delay * random.uniform(0.7, 1.3))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.address, self.handler = address, Handler
        self.start()

    def start(self):
        self.server = QuietServer((self.address, PORT), self.handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Server:
    """Swiftlet over a folder of zones on free ports of 127.0.0.1."""

    def __init__(self, program, folder, zones=None, wait=True):
        self.program, self.folder = program, pathlib.Path(folder)
        (self.folder / "zones").mkdir(exist_ok=True)
        for name, text in (zones or {APEX: zone()}).items():
            (self.folder / "zones" / f"{name}.zone").write_text(text)
        self.log = self.folder / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [program, "serve", str(self.folder / "zones"), "--listen", "127.0.0.1:0", "--threads", "1",
                 "--http", "127.0.0.1:0", "--control", str(self.folder / "control")],
                stdin=subprocess.DEVNULL, stderr=log)
        self.http = int(self.said("watched over HTTP", "http=").rsplit(":", 1)[1])
        if wait:
            self.wait()

    def wait(self):
        self.port = int(self.said(" ready ", "listen=").rsplit(":", 1)[1])

    def said(self, message, field):
        def line():
            if self.process.poll() is not None:
                sys.exit(f"the server did not start:\n{self.log.read_text()}")
            return next((line for line in self.log.read_text().splitlines() if message in line), None)
        return wait_until(line, message).split(field)[1].split()[0]

    def get(self, path):
        """The status code and the content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=LIMIT)
        connection.request("GET", path)
        response = connection.getresponse()
        content = response.read().decode()
        connection.close()
        return response.status, content

    def api(self, path):
        return json.loads(self.get(f"/api/v1/{path}")[1])

    def do(self, *arguments):
        return subprocess.run(
            [self.program, *arguments, "--control", str(self.folder / "control")], capture_output=True, text=True,
            timeout=LIMIT, check=False)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIMIT)


class Clients:
    """Ask for names over and over, so many times a second."""

    def __init__(self, port, names, a_second):
        self.queries = [dns.message.make_query(f"{name}.{APEX}.", kind).to_wire() for name, kind in names]
        self.port, self.pause, self.ends, self.asked = port, 1 / a_second, False, 0
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(LIMIT)
            client.connect(("127.0.0.1", self.port))
            while not self.ends:
                client.send(self.queries[self.asked % len(self.queries)])
                client.recv(4096)
                self.asked += 1
                time.sleep(self.pause)

    def stop(self):
        self.ends = True
        self.thread.join()
