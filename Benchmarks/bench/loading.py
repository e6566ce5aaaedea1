"""Servers that load zones: how long it takes, what it costs, and what a reload does."""

import os
import shutil
import sys
import time
from pathlib import Path

from . import ask, processes, report
from .processes import BenchError

SERVER_CORE = 0
# Servers tidy up after they begin to answer; the memory that stays is what counts.
SETTLE_SECONDS = 1.0
LIMIT_SECONDS = 300.0
MEMORY_PER_RECORD = 1000  # more than the hungriest server takes
MEGABYTE = 1e6


class Bench:
    """Runs the rounds for one set of zones. What is done with a ready server is up to the subclass, its
    `measure`, `line` and `report`."""

    def __init__(self, options, zone_set, kinds, folder):
        self.options, self.zones, self.kinds, self.folder = options, zone_set, kinds, Path(folder)
        self.results = {kind.name: [] for kind in kinds}
        self.failures = {}

    def run(self):
        for round in range(self.options.rounds):
            turn = round % len(self.kinds)
            for index, kind in enumerate(self.kinds[turn:] + self.kinds[:turn]):
                if kind.name not in self.failures:
                    self.run_server(round, kind, self.options.port + index)

    def run_server(self, round, kind, port):
        server = kind(self.folder / f"{kind.name}-{round}", port,
                      SERVER_CORE if self.options.pin else None, self.options.nice)
        try:
            try:
                self.zones.link_into(server)
                processes.touch_memory(self.zones.total * MEMORY_PER_RECORD)
                server.configure()
                process = server.start()
                ready = self.zones.wait_until_ready(process, port, LIMIT_SECONDS)
                cpu = sum(process.cpu_seconds())
                self.zones.check_answers(port)
                process.check_pinned()
                time.sleep(SETTLE_SECONDS)
                process.check_alive()
                sample = self.measure(server, process, {"round": round, "ready": ready, "cpu": cpu})
                self.results[kind.name].append(sample)
                print(f"round {round + 1}/{self.options.rounds} {kind.name:9} {self.line(sample)}",
                      flush=True)
            finally:
                server.stop()
                shutil.rmtree(server.folder)
        except (BenchError, OSError) as error:
            self.failures[kind.name] = str(error)
            print(f"FAILED: {kind.name}: {error}", file=sys.stderr, flush=True)

    def next_zone(self, server):
        """The last zone with the same records and a new serial, not yet in its place."""
        path = server.folder / "next-zone"
        self.zones.write_zone(path, self.zones.zones - 1, serial=2)
        return path

    def replace(self, server, process, fresh):
        """Puts the file in its place and tells the server. Returns the seconds until the new serial is
        served."""
        origin = self.zones.origins[-1]
        os.replace(fresh, server.zone_file(origin))
        started = time.monotonic()
        server.reload(origin)
        asker = ask.Asker(server.port)
        try:
            while time.monotonic() - started < LIMIT_SECONDS:
                # Names that do not exist bring the SOA record, and no cache has them yet.
                answer = asker.ask(f"x{time.monotonic_ns()}.{origin}", timeout=0.5)
                if answer is not None and answer.serial == 2:
                    return time.monotonic() - started
                process.check_alive()
                time.sleep(0.005)
        finally:
            asker.close()
        raise BenchError(f"the new serial was not served after {LIMIT_SECONDS:.0f} s:\n"
                         f"{process.log_tail()}")


class Loading(Bench):
    columns = ["server", "ready s", "CPU s", "resident MB", "octets/record", "shared once MB", "peak MB",
               "reload s", "its CPU s", "resident MB then", "peak MB then"]

    def measure(self, server, process, sample):
        sample |= {"memory": process.memory()}
        fresh = self.next_zone(server)
        before = sum(process.cpu_seconds())
        sample |= {"reload": self.replace(server, process, fresh)}
        sample |= {"reload_cpu": sum(process.cpu_seconds()) - before}
        time.sleep(SETTLE_SECONDS)
        self.zones.check_answers(server.port)
        return sample | {"memory_then": process.memory()}

    def line(self, sample):
        return (f"ready {sample['ready']:.2f} s  CPU {sample['cpu']:.2f} s  resident "
                f"{sample['memory']['resident'] / MEGABYTE:.0f} MB  reload {sample['reload']:.2f} s")

    def row(self, samples):
        def cell(values, form):
            return report.spread(list(values), form)

        def memory(when, key):
            return cell((sample[when][key] / MEGABYTE for sample in samples), "{:.0f}")

        each = (sample["memory"]["resident"] / self.zones.total for sample in samples)
        return [cell((sample["ready"] for sample in samples), "{:.2f}"),
                cell((sample["cpu"] for sample in samples), "{:.2f}"),
                memory("memory", "resident"), cell(each, "{:,.0f}"), memory("memory", "proportional"),
                memory("memory", "peak"), cell((sample["reload"] for sample in samples), "{:.2f}"),
                cell((sample["reload_cpu"] for sample in samples), "{:.2f}"),
                memory("memory_then", "resident"), memory("memory_then", "peak")]

    def report(self, output):
        rows = [[name, *(self.row(samples) if samples and name not in self.failures
                         else ["failed"] * (len(self.columns) - 1))]
                for name, samples in self.results.items()]
        where = "server on core 0" if self.options.pin else "server on any core"
        output.table(f"{self.zones.title[0].upper()}{self.zones.title[1:]}, {where} "
                     f"({self.options.rounds} rounds, median (min–max))", self.columns, rows)
