"""What must be there before a measurement: Debian's servers and our two programs."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from .processes import BenchError
from .server import BENCHMARKS, BUILD, Swiftlet

POLICY = Path("/usr/sbin/policy-rc.d")


@contextmanager
def _services_kept_from_starting():
    """Debian starts a server when it is installed. Ours run apart from the system's services,
    so for the time of the installation the policy is: nothing starts."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def installed_version(package):
    """Of a Debian package; nothing when it is not installed."""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package],
                          capture_output=True, text=True)
    status, _, version = done.stdout.partition(" ")
    return version if status == "installed" else ""


def ensure_packages(kinds, *packages):
    missing = []
    for kind in kinds:
        if kind.package and not kind.path():
            missing.append(kind.package)
        missing += [package for package in kind.more_packages if not installed_version(package)]
    missing += [package for package in packages if not installed_version(package)]
    for tool, package in (("cc", "gcc"), ("make", "make")):
        if not any(os.access(f"{folder}/{tool}", os.X_OK) for folder in os.get_exec_path()):
            missing += [package, "libc6-dev"] if tool == "cc" else [package]
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise BenchError("missing; as root: " + " ".join(command))
    print("installing " + " ".join(missing), flush=True)
    with _services_kept_from_starting():
        done = subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                              capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")


def build():
    done = subprocess.run(["make", "--silent", "-C", str(BENCHMARKS)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"building blast and reflector failed:\n{done.stderr.strip()}")
    if not (BUILD / "blast").exists():
        raise BenchError(f"the build left no {BUILD}/blast")


def prepare(kinds, swiftlet_path, asked_for_swiftlet, packages=()):
    """Sees to everything the servers need. Returns those that can run, and what to tell the
    reader of the results about those that cannot. `packages` are needed besides."""
    if len(os.sched_getaffinity(0)) < 2:
        raise BenchError("two cores are needed: one for the server, one for the load")
    if swiftlet_path:
        Swiftlet.built_at = Path(swiftlet_path).resolve()
    notes = []
    if Swiftlet in kinds and not Swiftlet.path():
        text = f"swiftlet: {Swiftlet.built_at} is not there; build it with `swift build -c release`"
        if asked_for_swiftlet:
            raise BenchError(text)
        notes.append("LEFT OUT: " + text)
        kinds = [kind for kind in kinds if kind is not Swiftlet]
    ensure_packages(kinds, *packages)
    build()
    return kinds, notes


def versions(kinds):
    """Name to version, for the record."""
    found = {}
    for kind in kinds:
        if kind.package:
            found[kind.name] = installed_version(kind.package) or "not Debian's"
    return found
