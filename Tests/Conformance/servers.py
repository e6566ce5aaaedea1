"""Starts and stops the servers under comparison as child processes on loopback.

Each gets a free port and a temporary folder; readiness is an answered query.
Processes are stopped by the handle that started them, never by name.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import names
from wire import SOA, Query

NSD, KNOT = "/usr/sbin/nsd", "/usr/sbin/knotd"
START_LIMIT, STOP_LIMIT = 30.0, 5.0


class ServerError(Exception):
    """A server that does not start, or that ended."""


def free_port():
    """A port that is free for both UDP and TCP on loopback."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp, \
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


class Server:
    """One child process; subclasses say its command line and configuration."""
    name = "server"

    def __init__(self, folder, zones, program=None):
        self.zones_folder, self.zones, self.program = folder, zones, program
        self.folder = tempfile.mkdtemp(prefix=self.name + "-", dir=os.path.dirname(folder))
        self.port = free_port()
        self.log = os.path.join(self.folder, "log")
        self.process = None

    def command(self):
        raise NotImplementedError

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def start(self):
        with open(self.log, "wb") as log:
            # A session of its own, so that a terminal's Ctrl-C comes to us alone
            # and whatever the server forked can be stopped with it.
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=self.folder, start_new_session=True)

    def log_text(self):
        with open(self.log, errors="replace") as log:
            return log.read()[-4000:]

    def check_log(self):
        """Raises if the server said that it took a zone only in part."""

    def wait_ready(self):
        """Waits until every zone answers its SOA with authority."""
        waiting = list(self.zones)
        deadline = time.monotonic() + START_LIMIT
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.connect(("127.0.0.1", self.port))
            sock.settimeout(0.05)
            while waiting:
                if self.process.poll() is not None:
                    raise ServerError("%s ended with %s:\n%s" % (self.name, self.process.returncode,
                                                                 self.log_text()))
                if time.monotonic() > deadline:
                    raise ServerError("%s does not serve %s:\n%s" % (
                        self.name, names.to_text(waiting[-1].apex), self.log_text()))
                try:
                    sock.send(Query(waiting[-1].apex, SOA).to_wire(0x5344))
                    reply = sock.recv(4096)
                except socket.timeout:
                    continue
                except OSError:
                    # Nothing listens yet; the process's end is the only event to wait for.
                    try:
                        self.process.wait(0.02)
                    except subprocess.TimeoutExpired:
                        pass
                    continue
                if reply[:2] == b"SD" and reply[2] & 4 and not reply[3] & 15:
                    waiting.pop()
                else:
                    try:
                        self.process.wait(0.02)
                    except subprocess.TimeoutExpired:
                        pass

    def stop(self):
        if self.process is None:
            return
        group = self.process.pid  # the leader of the session that start() made
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(group, signal.SIGKILL)  # what it forked and left, if anything
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None

    def zone_path(self, zone):
        return os.path.join(self.zones_folder, zone.file_name)


class NSDServer(Server):
    """NSD in the foreground with one worker and minimal responses."""
    name = "nsd"

    def command(self):
        text = """server:
  ip-address: 127.0.0.1
  port: %d
  username: ""
  chroot: ""
  server-count: 1
  database: ""
  zonelistfile: "%s/zone.list"
  xfrdfile: ""
  xfrdir: "%s"
  pidfile: ""
  zonesdir: "%s"
  minimal-responses: yes
  refuse-any: no
  round-robin: no
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  tcp-query-count: 0
  verbosity: 1
  zonefiles-check: no
remote-control:
  control-enable: no
""" % (self.port, self.folder, self.folder, self.zones_folder)
        for zone in self.zones:
            text += 'zone:\n  name: "%s"\n  zonefile: "%s"\n' % (names.to_text(zone.apex),
                                                                 zone.file_name)
        return [NSD, "-d", "-c", self.write("nsd.conf", text)]


    def check_log(self):
        # NSD serves what it could read of a zone file with errors.
        with open(self.log, errors="replace") as log:
            errors = [line for line in log if " error: " in line]
        if errors:
            raise ServerError("nsd refuses a zone:\n" + "".join(errors[:10]))


class KnotServer(Server):
    """Knot in the foreground with one worker a kind."""
    name = "knot"

    def command(self):
        text = """server:
    rundir: "%s"
    listen: 127.0.0.1@%d
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
    tcp-idle-timeout: 60
control:
    listen: "%s/knot.sock"
log:
  - target: stderr
    any: warning
database:
    storage: "%s/db"
template:
  - id: default
    storage: "%s"
    zonefile-load: whole
    zonefile-sync: -1
    journal-content: none
    semantic-checks: off
zone:
""" % (self.folder, self.port, self.folder, self.folder, self.zones_folder)
        for zone in self.zones:
            text += '  - domain: "%s"\n    file: "%s"\n' % (names.to_text(zone.apex), zone.file_name)
        return [KNOT, "-c", self.write("knot.conf", text)]


class SwiftletServer(Server):
    """The server under test with one thread."""
    name = "ours"

    def command(self):
        return [self.program, "serve", self.zones_folder, "--listen",
                "127.0.0.1:%d" % self.port, "--threads", "1", "--control", "off"]


def write_zones(folder, zones, text):
    """A folder with the zones' files; returns its path."""
    os.mkdir(folder)
    for zone in zones:
        with open(os.path.join(folder, zone.file_name), "w") as file:
            file.write(text(zone))
    return folder


class Fleet:
    """All servers for one batch of zones; a context manager that always stops them."""

    def __init__(self, zones, swiftlet=None, keep=False):
        self.keep = keep
        self.root = tempfile.mkdtemp(prefix="conformance-")
        peers = write_zones(os.path.join(self.root, "peer-zones"), zones, lambda zone: zone.peer_text)
        self.servers = [NSDServer(peers, zones), KnotServer(peers, zones)]
        if swiftlet:
            own = write_zones(os.path.join(self.root, "zones"), zones, lambda zone: zone.text)
            self.servers.append(SwiftletServer(own, zones, os.path.abspath(swiftlet)))

    @property
    def ports(self):
        return {server.name: server.port for server in self.servers}

    def __enter__(self):
        try:
            for server in self.servers:
                server.start()
            for server in self.servers:
                server.wait_ready()
                server.check_log()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.stop()
        if not self.keep:
            shutil.rmtree(self.root, ignore_errors=True)
