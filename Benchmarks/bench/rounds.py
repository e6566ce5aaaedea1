"""Rows by servers, measured in interleaved rounds."""

import math
import os
import sys
from pathlib import Path

from . import ask, data, dnsperf, load
from .backends import BackEnds
from .processes import BenchError

SERVER_CORE, LOAD_CORE = 0, 1
WARM_UP_SECONDS = 0.1
SLICE_SECONDS = 1
HALF = 0.5
# Over TCP at a set pace connections wait when the server does; there must be room for others.
OPEN_LOOP_ROOM = 4


class Rounds:
    """`samples[row, server]` has one sample for each round. `missing[row, server]` says why there are
    none; `failures[server]` why there are none at all."""

    def __init__(self, options, rows, kinds, folder):
        self.options, self.rows, self.kinds, self.folder = options, rows, kinds, Path(folder)
        self.samples = {(row.name, kind.name): [] for row in rows for kind in kinds}
        self.missing = {(row.name, kind.name): f"{kind.name} {kind.lacks[row.name]}"
                        for row in rows for kind in kinds if row.name in kind.lacks}
        self.memory = {kind.name: [] for kind in kinds}
        self.dnsperf = {kind.name: [] for kind in kinds}
        self.failures = {}
        self.expected = {row.name: row.write_queries(self.query_path(row)) for row in rows}

    def query_path(self, row):
        return self.folder / f"{row.name}.queries"

    def run(self):
        back_ends = BackEnds(self.options.port - 1)
        try:
            instances = []
            for index, kind in enumerate(self.kinds):
                server = kind(self.folder / kind.name, self.options.port + index, SERVER_CORE,
                              self.options.nice)
                if server.answers_dns:
                    server.write_comparison(self.options.port - 1)
                server.configure()
                instances.append(server)
            for round in range(self.options.rounds):
                try:
                    self.run_round(round, instances)
                finally:
                    for server in instances:
                        server.stop()
        finally:
            back_ends.stop()

    def run_round(self, round, instances):
        """Starts every server anew. Then they take turns in short slices, row by row: the speed of a
        shared machine drifts within seconds, and so it drifts for all alike."""
        for server in instances:
            self.attempt_all(server, self.start)
        for server in instances:
            for row in self.rows:
                self.attempt(row, server, self.check_answers)
        for number, row in enumerate(self.rows):
            # Each turn begins with another server, so that none always follows the same one.
            turn = (round + number) % len(instances)
            self.run_row(round, row, instances[turn:] + instances[:turn])
        for server in instances:
            self.attempt_all(server, self.measure_by_dnsperf)
            if server.name not in self.failures:
                self.memory[server.name].append(server.process.memory())

    def run_row(self, round, row, instances):
        sums = {}
        slices = max(1, math.floor(self.options.seconds / SLICE_SECONDS))
        for slice in range(slices):
            turn = slice % len(instances)
            for server in instances[turn:] + instances[:turn]:
                sample = self.attempt(row, server, self.measure, self.options.seconds / slices)
                if sample:
                    total = sums.setdefault(server.name, dict.fromkeys(sample, 0))
                    for key, value in sample.items():
                        total[key] += value
        for server in instances:
            if server.name in sums and not self.has_failed(row, server):
                sample = finished(sums[server.name]) | {"round": round}
                times = self.attempt(row, server, self.measure_times, sample["rate"] * HALF)
                if times:
                    self.keep(row, server, sample | times)

    def has_failed(self, row, server):
        return server.name in self.failures or (row.name, server.name) in self.missing

    def attempt_all(self, server, action):
        """A server that fails is named and left out from then on."""
        if server.name not in self.failures:
            try:
                action(server)
            except (BenchError, OSError) as error:
                self.failures[server.name] = str(error)
                print(f"FAILED: {server.name}: {error}", file=sys.stderr, flush=True)
                server.stop()

    def attempt(self, row, server, action, *arguments):
        """A row in which a server fails is left out for that server."""
        if self.has_failed(row, server):
            return None
        try:
            return action(row, server, *arguments)
        except (BenchError, OSError, ValueError) as error:
            self.missing[row.name, server.name] = f"{server.name} failed: {error}"
            print(f"FAILED: {row.name}: {server.name}: {error}", file=sys.stderr, flush=True)
            return None

    def start(self, server):
        process = server.start()
        addresses = [data.single_records()["h00000"]] if server.answers_dns else []
        ask.wait_until_ready(process, server.port, f"h00000.{data.ZONE}", addresses)
        process.check_pinned()

    def check_answers(self, row, server):
        if not server.answers_dns:
            return
        asker = ask.Asker(server.port)
        try:
            row.check_answers(asker)
        finally:
            asker.close()

    def blast(self, row, server, seconds, rate=None):
        tcp = row.tcp
        if tcp and rate:
            wider = "lanes" if tcp["per_connection"] == 1 else "window"
            tcp = tcp | {wider: tcp[wider] * OPEN_LOOP_ROOM}
        return load.run_blast(server.port, self.query_path(row), seconds, core=LOAD_CORE, tcp=tcp,
                              rate=rate, nice=self.options.nice,
                              realtime=bool(rate) and os.geteuid() == 0)

    def measure(self, row, server, seconds):
        self.blast(row, server, WARM_UP_SECONDS)
        before = server.process.cpu_seconds()
        outcome = self.blast(row, server, seconds)
        after = server.process.cpu_seconds()
        server.process.check_alive()
        self.check_outcome(row, server, outcome)
        return {"seconds": outcome["seconds"], "answered": outcome["answered"],
                "in_time": outcome["rate"] * outcome["seconds"], "lost": outcome["lost"],
                "user_seconds": after[0] - before[0], "system_seconds": after[1] - before[1]}

    def measure_times(self, row, server, rate):
        """How long answers take at a part of the rate that the server can do."""
        # The server is scheduled as an operator would have it, and as it has asked for: real-time
        # priority would put a check of a member on a level with answering. The generator has it, where
        # it can: what holds that up is nobody's latency.
        outcome = self.blast(row, server, self.options.half_seconds, rate)
        self.check_outcome(row, server, outcome)
        return {"half": outcome["latency_us"] | {"rate": rate, "lag": outcome["lag_us"]["p99"],
                                                 "lost": outcome["lost"] + outcome["held_back"]}}

    def measure_by_dnsperf(self, server):
        """The first row over UDP without EDNS Client Subnet, for which dnsperf has no queries."""
        row = next((row for row in self.rows if not row.tcp and not row.edns and row.name != "nearest"), None)
        if row is None or (row.name, server.name) in self.missing:
            return
        before = server.process.cpu_seconds()
        sample = dnsperf.run(server.port, self.query_path(row), self.options.seconds, LOAD_CORE,
                             self.options.nice)
        after = server.process.cpu_seconds()
        self.dnsperf[server.name].append(
            sample | {"row": row.title, "all_us": (sum(after) - sum(before)) * 1e6 / sample["answered"]})

    def keep(self, row, server, sample):
        self.samples[row.name, server.name].append(sample)
        print(f"round {sample['round'] + 1}/{self.options.rounds} {row.name:9} {server.name:9} "
              f"{sample['rate']:9.0f}/s  user {sample['user_us']:.2f}  all {sample['all_us']:.2f} µs  "
              f"busy {sample['busy']:.0%}  lost {sample['lost']}  "
              f"p99.9 {sample['half']['p99.9']:.0f} µs", flush=True)

    def check_outcome(self, row, server, outcome):
        """The answers under load must be the right kind, not just many."""
        if outcome["answered"] == 0:
            raise BenchError("no answers under load")
        if not server.answers_dns:
            return
        expected, answered = self.expected[row.name], outcome["answered"]
        nxdomain = outcome["rcodes"].get("3", 0) / answered
        records = outcome["records"] / answered
        others = set(outcome["rcodes"]) - {"0", "3"}
        if (others or outcome["truncated"] or abs(nxdomain - expected["nxdomain"]) > 0.01
                or abs(records - expected["records"]) > 0.01 * max(1, expected["records"])):
            raise BenchError(f"wrong answers under load: rcodes {outcome['rcodes']}, "
                             f"{outcome['truncated']} truncated, {nxdomain:.3f} NXDOMAIN, "
                             f"{records:.3f} records an answer; should be {expected}")


def finished(total):
    cpu = total["user_seconds"] + total["system_seconds"]
    return total | {
        "rate": total["in_time"] / total["seconds"], "busy": cpu / total["seconds"],
        "user_us": total["user_seconds"] * 1e6 / total["answered"],
        "system_us": total["system_seconds"] * 1e6 / total["answered"],
        "all_us": cpu * 1e6 / total["answered"],
    }
