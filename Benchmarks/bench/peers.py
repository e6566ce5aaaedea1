"""How each peer is configured, so that all do the same work: authoritative answers over UDP and TCP
on loopback, one worker, no rate limit, no query log, addresses rotated where the server can, room
for all connections of the load, nothing in the answer that was not asked for, no packet to anywhere
else."""

import subprocess

from . import data, peerpools
from .server import Server

CONNECTIONS = 512


def run_quietly(*arguments):
    subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Gdnsd(Server):
    name, package, binary = "gdnsd", "gdnsd", "gdnsd"
    differs = {"rotated": "by its plugin weighted, with `multi`", "weighted": "by its plugin weighted",
               "nearest": "by its plugin geoip, with `nets`"}
    more_config = ""

    def zone_file(self, origin=data.ZONE):
        return self.zones / origin

    def configure(self):
        self.write("config", f"""
options => {{
  listen => 127.0.0.1:{self.port}
  udp_threads => 1
  tcp_threads => 1
  tcp_clients_per_thread => {CONNECTIONS}
  run_dir => {self.folder}/run
  state_dir => {self.folder}/state
}}
{self.more_config}""")

    def write_comparison(self, check_port):
        data.write_gdnsd_zone(self.zone_file())
        peerpools.write_gdnsd_zone(self.zone_file(peerpools.ORIGIN))
        lines = ["plugins => {", "  weighted => {", *data.gdnsd_weighted(), *peerpools.gdnsd_weighted(),
                 "  }", *peerpools.gdnsd_geoip(), "}"]
        self.more_config = peerpools.gdnsd_service(check_port) + "\n".join(lines) + "\n"

    def arguments(self):
        return [self.path(), "-c", self.folder, "start"]

    def reload(self, origin):
        # gdnsd knows no signal for this. Its control program waits for the end of the reload.
        run_quietly("gdnsdctl", "-c", str(self.folder), "reload-zones")


class NSD(Server):
    name, package, binary = "nsd", "nsd", "nsd"
    lacks = {"weighted": "has no weights", "nearest": "does not answer by client"}

    def configure(self):
        zones = "".join(f"zone:\n  name: {origin}\n  zonefile: {self.zone_file(origin)}\n"
                        for origin in self.origins)
        self.write("nsd.conf", f"""
server:
  ip-address: 127.0.0.1@{self.port}
  server-count: 1
  tcp-count: {CONNECTIONS}
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
{zones}""")

    def arguments(self):
        return [self.path(), "-d", "-c", self.folder / "nsd.conf"]


class Knot(Server):
    name, package, binary = "knot", "knot", "knotd"
    more_packages = ("knot-module-geoip",)
    differs = {"weighted": "by its module geoip, without health",
               "nearest": "by its module geoip, without health"}

    def write_pools(self, check_port):
        peerpools.write_knot_zone(self.zone_file(peerpools.ORIGIN))
        peerpools.write_knot_modules(self.folder)

    def configure(self):
        pools = peerpools.ORIGIN in self.origins
        modules = f"""
mod-geoip:
  - id: weighted
    config-file: {self.folder}/weighted.conf
    ttl: {peerpools.TTL}
    mode: weighted
  - id: near
    config-file: {self.folder}/near.conf
    ttl: {peerpools.TTL}
    mode: subnet
""" if pools else ""
        zones = "".join(f"  - domain: {origin}\n    file: {self.zone_file(origin)}\n"
                        + ("    module: [ mod-geoip/weighted, mod-geoip/near ]\n"
                           if origin == peerpools.ORIGIN and pools else "")
                        for origin in self.origins)
        self.write("knot.conf", f"""
server:
    rundir: {self.folder}
    listen: 127.0.0.1@{self.port}
    udp-workers: 1
    tcp-workers: 1
    tcp-max-clients: {CONNECTIONS}
    answer-rotation: on
    edns-client-subnet: {"on" if pools else "off"}
database:
    storage: {self.folder}
log:
  - target: stderr
    any: warning
{modules}
template:
  - id: default
    zonefile-sync: -1
    journal-content: none
zone:
{zones}""")

    def arguments(self):
        return [self.path(), "-c", self.folder / "knot.conf"]


class BIND(Server):
    name, package, binary = "bind", "bind9", "named"
    lacks = {"weighted": "has no weights", "nearest": "does not heed the client's subnet"}

    def configure(self):
        zones = "".join(f'zone "{origin}" {{ type primary; file "{self.zone_file(origin)}"; }};\n'
                        for origin in self.origins)
        self.write("named.conf", f"""
options {{
  directory "{self.folder}";
  pid-file "{self.folder}/named.pid";
  session-keyfile "{self.folder}/session.key";
  lock-file none;
  listen-on port {self.port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  tcp-clients {CONNECTIONS};
  tcp-listen-queue {CONNECTIONS};
  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  notify no;
  minimal-responses yes;
  rrset-order {{ order cyclic; }};
}};
controls {{ }};
{zones}""")

    def arguments(self):
        return [self.path(), "-g", "-n", "1", "-c", self.folder / "named.conf"]


class PowerDNS(Server):
    name, package, binary = "pdns", "pdns-server", "pdns_server"
    more_packages = ("pdns-backend-bind",)
    differs = {"weighted": "by its Lua function pickwrandom, without health",
               "nearest": "by its Lua function view, without health"}

    def write_pools(self, check_port):
        peerpools.write_powerdns_zone(self.zone_file(peerpools.ORIGIN))

    def configure(self):
        pools = peerpools.ORIGIN in self.origins
        self.write("named.conf", "".join(
            f'zone "{origin}" {{ type native; file "{self.zone_file(origin)}"; }};\n'
            for origin in self.origins))
        # The security poll would ask the outside world about the version.
        self.write("pdns.conf", f"""
launch=bind
bind-config={self.folder}/named.conf
local-address=127.0.0.1
local-port={self.port}
socket-dir={self.folder}
receiver-threads=1
distributor-threads=1
max-tcp-connections={CONNECTIONS}
max-tcp-transactions-per-conn=0
enable-lua-records={"shared" if pools else "no"}
edns-subnet-processing={"yes" if pools else "no"}
daemon=no
guardian=no
disable-syslog=yes
loglevel=3
security-poll-suffix=
""")

    def arguments(self):
        return [self.path(), f"--config-dir={self.folder}"]

    def reload(self, origin):
        run_quietly("pdns_control", f"--socket-dir={self.folder}", "bind-reload-now", origin)
