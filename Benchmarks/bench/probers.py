"""Those who probe many HTTP servers, and the one server on many addresses that they probe."""

import ipaddress
import json
import os
import re
import shutil
import subprocess
import time
import urllib.request

from .processes import BenchError
from .server import BENCHMARKS, Server

FIRST_ADDRESS = ipaddress.ip_address("127.1.0.1")
PACKAGE = BENCHMARKS / "prober"


def addresses(count):
    return [str(FIRST_ADDRESS + index) for index in range(count)]


class Responder(Server):
    """nginx, which answers at every address of loopback."""

    name, package, binary = "nginx", "nginx-light", "nginx"

    def configure(self):
        self.write("nginx.conf", f"""
daemon off;
worker_processes 1;
pid {self.folder}/nginx.pid;
error_log {self.folder}/error.log warn;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; multi_accept on; }}
http {{
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
    location = / {{ return 200 "ok\\n"; }}
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

    def wait_until_ready(self):
        for _ in range(500):
            self.process.check_alive()
            try:
                return self.requests()
            except OSError:
                time.sleep(0.01)
        raise BenchError(f"nginx does not answer:\n{self.process.log_tail()}")


class Prober(Server):
    """Probes `count` addresses on `target_port` in an interval of seconds."""

    count = target_port = interval = timeout = 0

    def lines(self):
        """What it has logged as JSON, if it does."""
        return []


class SwiftletProber(Prober):
    name = "swiftlet"

    @classmethod
    def path(cls):
        return PACKAGE / ".build" / "release" / "probeload"

    def arguments(self):
        return [self.path(), self.count, FIRST_ADDRESS, self.target_port,
                round(self.interval * 1000), round(self.timeout * 1000)]

    def lines(self):
        return [json.loads(line) for line in (self.folder / "log").read_text().splitlines()
                if line.startswith("{") and line.endswith("}")]


class GdnsdProber(Prober):
    """Its shortest interval is 2 s."""

    name, package, binary = "gdnsd", "gdnsd", "gdnsd"
    per_resource = 50  # it takes at most 64

    def configure(self):
        (self.folder / "zones").mkdir(exist_ok=True)
        all = addresses(self.count)
        resources = []
        for start in range(0, len(all), self.per_resource):
            members = ", ".join(f"m{start + index} => {address}" for index, address
                                in enumerate(all[start:start + self.per_resource]))
            resources.append(f"r{start} => {{ {members} }}")
        self.write("config", f"""
options => {{ listen => 127.0.0.1:{self.port}, run_dir => {self.folder}/run, state_dir => {self.folder}/state }}
service_types => {{
  web => {{ plugin => http_status, port => {self.target_port}, url_path => "/",
    interval => {self.interval:g}, timeout => {self.timeout:g} }}
}}
plugins => {{ multifo => {{ service_types => web, {", ".join(resources)} }} }}
""")

    def arguments(self):
        return [self.path(), "-c", self.folder, "start"]


class HAProxyProber(Prober):
    name, package, binary = "haproxy", "haproxy", "haproxy"

    def configure(self):
        servers = "\n".join(f"  server s{index} {address}:{self.target_port}"
                            for index, address in enumerate(addresses(self.count)))
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
# It does not start without one.
frontend nobody
  bind 127.0.0.1:{self.port}
backend members
  option httpchk
  http-check send meth GET uri /
  default-server check inter {milliseconds}ms
{servers}
""")

    def arguments(self):
        return [self.path(), "-db", "-f", self.folder / "haproxy.cfg"]


ALL = {kind.name: kind for kind in (SwiftletProber, GdnsdProber, HAProxyProber)}


def build():
    """Builds our prober; about three minutes the first time."""
    if not shutil.which("swift"):
        raise BenchError("swift is not there")
    done = subprocess.run(["swift", "build", "-c", "release", "--product", "probeload"],
                          cwd=PACKAGE, capture_output=True, text=True, env=os.environ)
    if done.returncode != 0:
        raise BenchError(f"building probeload failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
