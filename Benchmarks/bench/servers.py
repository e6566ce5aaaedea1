"""How each server is configured, so that all do the same work: authoritative answers for one
zone over UDP on loopback, one worker, no rate limit, no query log, addresses rotated where the
server can, nothing in the answer that was not asked for, no packet to anywhere else."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from . import data
from .processes import BenchError, Process

BENCHMARKS = Path(__file__).resolve().parent.parent
BUILD = BENCHMARKS / ".build"


class Server:
    name = ""
    package = None  # the Debian package that brings it
    more_packages = ()
    binary = ""
    answers_dns = True

    def __init__(self, folder, port, core=None, nice=0):
        self.folder, self.port, self.core, self.nice = Path(folder), port, core, nice
        self.folder.mkdir(parents=True, exist_ok=True)
        self.zone_path = self.folder / f"{data.ZONE}.zone"
        self.process = None

    @classmethod
    def path(cls):
        return shutil.which(cls.binary, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")

    def configure(self):
        """Writes the configuration; the zone file is put at `zone_path` by the caller."""

    def write_throughput_zone(self):
        data.write_throughput_zone(self.zone_path)

    def arguments(self):
        raise NotImplementedError

    def start(self):
        self.process = Process([str(part) for part in self.arguments()], self.folder / "log",
                               self.folder, self.core, self.nice)
        return self.process

    def reload(self):
        os.kill(self.process.pid, signal.SIGHUP)

    def stop(self):
        if self.process is not None:
            self.process.stop()
            self.process = None

    def write(self, name, text):
        (self.folder / name).write_text(text)


class Reflector(Server):
    name = "reflector"
    answers_dns = False

    @classmethod
    def path(cls):
        return BUILD / "reflector"

    def arguments(self):
        return [self.path(), "--port", self.port]


class Swiftlet(Server):
    name = "swiftlet"
    built_at = BENCHMARKS.parent / ".build" / "release" / "swiftlet"
    threads = 1

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        # The folder of zones holds zone files only.
        self.zones = self.folder / "zones"
        self.zones.mkdir(exist_ok=True)
        self.zone_path = self.zones / f"{data.ZONE}.zone"

    @classmethod
    def path(cls):
        return cls.built_at if os.access(cls.built_at, os.X_OK) else None

    def arguments(self):
        return [self.path(), "serve", self.zones, "--listen", f"127.0.0.1:{self.port}",
                "--threads", self.threads, "--control", "off"]


class Gdnsd(Server):
    name, package, binary = "gdnsd", "gdnsd", "gdnsd"
    with_plugins = False

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        zones = self.folder / "zones"
        zones.mkdir(exist_ok=True)
        self.zone_path = zones / data.ZONE

    def configure(self):
        self.write("config", f"""
options => {{
  listen => 127.0.0.1:{self.port}
  udp_threads => 1
  tcp_threads => 1
  run_dir => {self.folder}/run
  state_dir => {self.folder}/state
}}
""" + (data.gdnsd_plugins() if self.with_plugins else ""))

    def write_throughput_zone(self):
        data.write_gdnsd_zone(self.zone_path)
        self.with_plugins = True

    def arguments(self):
        return [self.path(), "-c", self.folder, "start"]

    def reload(self):
        # gdnsd knows no signal for this. Its control program waits for the end of the reload.
        subprocess.Popen(["gdnsdctl", "-c", str(self.folder), "reload-zones"],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class NSD(Server):
    name, package, binary = "nsd", "nsd", "nsd"

    def configure(self):
        self.write("nsd.conf", f"""
server:
  ip-address: 127.0.0.1@{self.port}
  server-count: 1
  username: ""
  zonesdir: "{self.folder}"
  database: ""
  zonelistfile: "{self.folder}/zone.list"
  xfrdfile: "{self.folder}/xfrd.state"
  xfrdir: "{self.folder}"
  pidfile: "{self.folder}/nsd.pid"
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
  round-robin: yes
  minimal-responses: yes
remote-control:
  control-enable: no
zone:
  name: {data.ZONE}
  zonefile: {self.zone_path}
""")

    def arguments(self):
        return [self.path(), "-d", "-c", self.folder / "nsd.conf"]


class Knot(Server):
    name, package, binary = "knot", "knot", "knotd"

    def configure(self):
        self.write("knot.conf", f"""
server:
    rundir: {self.folder}
    listen: 127.0.0.1@{self.port}
    udp-workers: 1
    tcp-workers: 1
    answer-rotation: on
database:
    storage: {self.folder}
log:
  - target: stderr
    any: warning
zone:
  - domain: {data.ZONE}
    file: {self.zone_path}
    zonefile-sync: -1
    journal-content: none
""")

    def arguments(self):
        return [self.path(), "-c", self.folder / "knot.conf"]


class BIND(Server):
    name, package, binary = "bind", "bind9", "named"

    def configure(self):
        self.write("named.conf", f"""
options {{
  directory "{self.folder}";
  pid-file "{self.folder}/named.pid";
  session-keyfile "{self.folder}/session.key";
  lock-file none;
  listen-on port {self.port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  notify no;
  minimal-responses yes;
  rrset-order {{ order cyclic; }};
}};
controls {{ }};
zone "{data.ZONE}" {{ type primary; file "{self.zone_path}"; }};
""")

    def arguments(self):
        return [self.path(), "-g", "-n", "1", "-c", self.folder / "named.conf"]


class PowerDNS(Server):
    name, package, binary = "pdns", "pdns-server", "pdns_server"
    more_packages = ("pdns-backend-bind",)

    def configure(self):
        self.write("named.conf", f"""
zone "{data.ZONE}" {{ type native; file "{self.zone_path}"; }};
""")
        # The security poll would ask the outside world about the version.
        self.write("pdns.conf", f"""
launch=bind
bind-config={self.folder}/named.conf
local-address=127.0.0.1
local-port={self.port}
socket-dir={self.folder}
receiver-threads=1
distributor-threads=1
daemon=no
guardian=no
disable-syslog=yes
loglevel=3
security-poll-suffix=
""")

    def arguments(self):
        return [self.path(), f"--config-dir={self.folder}"]

    def reload(self):
        subprocess.Popen(["pdns_control", f"--socket-dir={self.folder}", "bind-reload-now",
                          data.ZONE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


ALL = {kind.name: kind for kind in (Reflector, Swiftlet, Gdnsd, NSD, Knot, BIND, PowerDNS)}


def chosen(names, allowed=tuple(ALL)):
    """The server classes of a comma-separated list."""
    kinds = []
    for name in names.split(","):
        if name not in allowed:
            raise BenchError(f"no server \"{name}\" here; there are {', '.join(allowed)}")
        kinds.append(ALL[name])
    return kinds
