"""Those who probe many HTTP servers, and the one server on many addresses that they probe."""

import ipaddress
import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from statistics import quantiles

from .processes import BenchError
from .server import BENCHMARKS, Server, Swiftlet

FIRST_ADDRESS = ipaddress.ip_address("127.1.0.1")
PACKAGE = BENCHMARKS / "prober"
ORIGIN = "probes.example"
# Members of each name or back end.
POOL_SIZE = 10
LATE = 1.1


def addresses(count):
    return [str(FIRST_ADDRESS + index) for index in range(count)]


def pools(count):
    """Pools of addresses by their names."""
    every = addresses(count)
    return {f"p{start // POOL_SIZE:05}": every[start:start + POOL_SIZE]
            for start in range(0, count, POOL_SIZE)}


class Responder(Server):
    """nginx, which answers at every address of loopback, and writes down when it was asked at which."""

    name, package, binary = "nginx", "nginx-light", "nginx"
    log_lag_seconds = 1.5

    def configure(self):
        self.write("nginx.conf", f"""
daemon off;
worker_processes 1;
pid {self.folder}/nginx.pid;
error_log {self.folder}/error.log warn;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; multi_accept on; }}
http {{
  log_format checks "$msec $server_addr";
  access_log off;
  client_body_temp_path {self.folder}/body;
  proxy_temp_path {self.folder}/proxy;
  fastcgi_temp_path {self.folder}/fastcgi;
  uwsgi_temp_path {self.folder}/uwsgi;
  scgi_temp_path {self.folder}/scgi;
  server {{
    listen 0.0.0.0:{self.port} backlog=4096;
    allow 127.0.0.0/8;
    deny all;
    location = / {{ access_log {self.folder}/checks checks buffer=256k flush=1s; return 200 "ok\\n"; }}
    location = /status {{ stub_status; }}
  }}
}}
""")

    def arguments(self):
        return [self.path(), "-c", self.folder / "nginx.conf", "-p", self.folder]

    def requests(self):
        """How many it has answered so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=10) as reply:
            return int(re.search(r"\n *\d+ +\d+ +(\d+)", reply.read().decode())[1])

    def gaps(self, begin, end, interval):
        """Times between two checks of the same address, by the interval, of those that ended between
        two times of the clock: how many there are, how many are late, the 99th percentile, the longest."""
        time.sleep(self.log_lag_seconds)
        last, gaps = {}, []
        with open(self.folder / "checks") as log:
            for line in log:
                moment, address = line.split()
                moment = float(moment)
                if begin <= moment < end and address in last:
                    gaps.append((moment - last[address]) / interval)
                last[address] = moment
        if len(gaps) < 2:
            raise BenchError("nginx has seen no two checks of an address")
        return {"gaps": len(gaps), "late": sum(gap > LATE for gap in gaps),
                "gap_99": quantiles(gaps, n=100)[98], "gap_max": max(gaps)}

    def forget(self):
        """Empties the log of checks."""
        os.truncate(self.folder / "checks", 0)

    def wait_until_ready(self):
        for _ in range(500):
            self.process.check_alive()
            try:
                return self.requests()
            except OSError:
                time.sleep(0.01)
        raise BenchError(f"nginx does not answer:\n{self.process.log_tail()}")


class Prober(Server):
    """Probes `count` addresses on `target_port` in an interval of seconds, unless `probes` is false."""

    count = target_port = interval = timeout = 0
    probes = True
    # A name that it answers.
    answered = None

    def failures(self):
        """Checks that failed, where it tells."""
        return 0


class SwiftletProber(Prober):
    """The whole server, with a name for every ten targets."""

    name = "swiftlet"
    answered = f"p00000.{ORIGIN}"

    @classmethod
    def path(cls):
        return Swiftlet.path()

    def configure(self):
        zones = self.folder / "zones"
        zones.mkdir(exist_ok=True)
        with open(zones / f"{ORIGIN}.zone", "w") as zone:
            zone.write(f"""$TTL 60
@ SOA ns hostmaster 1 7200 1800 1209600 300
@ NS ns
ns A 192.0.2.53
web._check TXT "type=http port={self.target_port} interval={round(self.interval * 1000)}ms timeout={round(self.timeout * 1000)}ms"
""")
            for name, members in pools(self.count).items():
                zone.writelines(f"{name} A {member}\n" for member in members)
                zone.write(f'_lb.{name} TXT "check=web steer=up,weighted"\n')

    def arguments(self):
        return [self.path(), "serve", self.folder / "zones", "--listen", f"127.0.0.1:{self.port}",
                "--threads", "1", "--control", "off"] + ([] if self.probes else ["--no-probes"])

    def failures(self):
        return (self.folder / "log").read_text().count(" member down ")


class SwiftletProberAlone(Prober):
    """Swiftlet's prober without the server."""

    name = "prober"

    @classmethod
    def path(cls):
        return PACKAGE / ".build" / "release" / "probeload"

    def arguments(self):
        return [self.path(), self.count if self.probes else 0, FIRST_ADDRESS, self.target_port,
                round(self.interval * 1000), round(self.timeout * 1000)]

    def failures(self):
        last = json.loads((self.folder / "log").read_text().splitlines()[-1])
        return last["finished"] - last["succeeded"]


class GdnsdProber(Prober):
    """Its shortest interval is 2 s."""

    name, package, binary = "gdnsd", "gdnsd", "gdnsd"

    def configure(self):
        (self.folder / "zones").mkdir(exist_ok=True)
        resources = []
        for name, members in pools(self.count).items():
            listed = ", ".join(f"m{index} => {address}" for index, address in enumerate(members))
            resources.append(f"{name} => {{ {listed} }}")
        self.write("config", f"""
options => {{ listen => 127.0.0.1:{self.port}, run_dir => {self.folder}/run, state_dir => {self.folder}/state }}
service_types => {{
  web => {{ plugin => http_status, port => {self.target_port}, url_path => "/",
    interval => {self.interval:g}, timeout => {self.timeout:g} }}
}}
plugins => {{ multifo => {{ service_types => {"web" if self.probes else "up"}, {", ".join(resources)} }} }}
""")

    def arguments(self):
        return [self.path(), "-c", self.folder, "start"]


class HAProxyProber(Prober):
    name, package, binary = "haproxy", "haproxy", "haproxy"

    def configure(self):
        backends = []
        for name, members in pools(self.count).items():
            servers = "\n".join(f"  server s{index} {address}:{self.target_port}"
                                for index, address in enumerate(members))
            backends.append(f"backend {name}\n  option httpchk\n  http-check send meth GET uri /\n{servers}")
        milliseconds = round(self.interval * 1000)
        self.write("haproxy.cfg", f"""
global
  nbthread 1
  maxconn 1000
defaults
  mode http
  timeout connect {round(self.timeout * 1000)}ms
  timeout check {round(self.timeout * 1000)}ms
  timeout client 1s
  timeout server 1s
  default-server {"check" if self.probes else "no-check"} inter {milliseconds}ms
# It does not start without one.
frontend nobody
  bind 127.0.0.1:{self.port}
""" + "\n".join(backends) + "\n")

    def arguments(self):
        return [self.path(), "-db", "-f", self.folder / "haproxy.cfg"]


ALL = {kind.name: kind for kind in (SwiftletProber, GdnsdProber, HAProxyProber, SwiftletProberAlone)}


def build():
    """Builds our prober; about three minutes the first time."""
    if not shutil.which("swift"):
        raise BenchError("swift is not there")
    done = subprocess.run(["swift", "build", "-c", "release", "--product", "probeload"],
                          cwd=PACKAGE, capture_output=True, text=True, env=os.environ)
    if done.returncode != 0:
        raise BenchError(f"building probeload failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
