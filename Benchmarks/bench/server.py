"""What all servers have in common, and the two of this repository."""

import os
import shutil
import signal
from pathlib import Path

from . import data, peerpools
from .processes import Process

BENCHMARKS = Path(__file__).resolve().parent.parent
BUILD = BENCHMARKS / ".build"


class Server:
    """One server in a folder of its own, for the zones in `origins`: their files are put at
    `zone_file` by the caller, before `configure`."""

    name = ""
    package = None  # the Debian package that brings it
    more_packages = ()
    binary = ""
    answers_dns = True
    # Rows of the comparison that the server cannot do, with the reason, and others in which it does
    # not do quite the same.
    lacks = {}
    differs = {}

    def __init__(self, folder, port, core=None, nice=0):
        self.folder, self.port, self.core, self.nice = Path(folder), port, core, nice
        self.zones = self.folder / "zones"
        self.zones.mkdir(parents=True, exist_ok=True)
        self.origins = [data.ZONE]
        self.process = None

    @classmethod
    def path(cls):
        return shutil.which(cls.binary, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")

    def zone_file(self, origin=data.ZONE):
        return self.zones / f"{origin}.zone"

    @property
    def zone_path(self):
        return self.zone_file()

    def write_comparison(self, check_port):
        """The zones of the comparison. Members are checked over TCP at `check_port`, by servers that
        do check."""
        data.write_throughput_zone(self.zone_file())
        if "weighted" not in self.lacks:
            self.origins.append(peerpools.ORIGIN)
            self.write_pools(check_port)

    def write_pools(self, check_port):
        """Pools in the server's own words; nothing for those who turn packets round."""

    def configure(self):
        """Writes the configuration."""

    def arguments(self):
        raise NotImplementedError

    def start(self):
        self.process = Process([str(part) for part in self.arguments()], self.folder / "log",
                               self.folder, self.core, self.nice)
        return self.process

    def reload(self, origin):
        """Tells the server that the file of a zone has changed."""
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

    @classmethod
    def path(cls):
        return cls.built_at if os.access(cls.built_at, os.X_OK) else None

    def write_pools(self, check_port):
        peerpools.write_swiftlet_zone(self.zone_file(peerpools.ORIGIN), check_port)

    def arguments(self):
        return [self.path(), "serve", self.zones, "--listen", f"127.0.0.1:{self.port}",
                "--threads", self.threads, "--control", "off"]
