"""What queries notice while a zone is loaded anew."""

import os
import time

from . import data, load, report
from .loading import MEGABYTE, Bench
from .processes import BenchError

LOAD_CORE = 1
RELOAD_AFTER_SECONDS = 1.0
QUERY_NAMES = 100_000


class Reloading(Bench):
    columns = ["server", "", "sent", "answered", "lost", "not sent", "p50 µs", "p99 µs", "p99.9 µs",
               "max µs", "load's lag µs", "reload s", "peak MB"]

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.queries = self.zones.folder.with_suffix(".queries")
        step = max(1, self.zones.records // QUERY_NAMES)
        with open(self.queries, "w") as file:
            # Neighbours in time are far apart in the zone, so that caches do not help.
            names = list(range(0, self.zones.records, step))
            file.writelines(f"{data.big_name(names[i * 7919 % len(names)])}.{data.ZONE} A\n"
                            for i in range(len(names)))

    def measure(self, server, process, sample):
        sample["steady"] = self.blast(server, process, None)
        sample["steady"]["peak"] = process.memory()["peak"]
        sample["reload"] = self.blast(server, process, self.next_zone(server))
        sample["reload"]["peak"] = process.memory()["peak"]
        self.zones.check_answers(server.port)
        return sample

    def blast(self, server, process, fresh):
        """Load for the set time; with `fresh`, the zone becomes that file in the midst of it."""
        blast = load.start_blast(
            server.port, self.queries, self.options.seconds, rate=self.options.rate,
            core=LOAD_CORE,
            # Without real-time priority the loading thread would hold the generator up on a
            # machine of few cores, and the load would not be even.
            realtime=os.geteuid() == 0)
        try:
            took = None
            if fresh:
                time.sleep(RELOAD_AFTER_SECONDS)
                took = self.replace(server, process, fresh)
            outcome = load.finish_blast(blast)
        finally:
            load.stop_blast(blast)
        process.check_alive()
        if set(outcome["rcodes"]) != {"0"} or outcome["records"] != outcome["answered"]:
            raise BenchError(f"wrong answers under load: rcodes {outcome['rcodes']}, "
                             f"{outcome['records']} records in {outcome['answered']} answers")
        if took is not None and took > self.options.seconds - RELOAD_AFTER_SECONDS:
            raise BenchError(f"the reload took {took:.1f} s, longer than the load: raise --seconds")
        return outcome | {"reload_seconds": took}

    def line(self, sample):
        steady, reload = sample["steady"], sample["reload"]
        return (f"steady: lost {steady['lost']} p99 {steady['latency_us']['p99']:.0f} µs  reload "
                f"({reload['reload_seconds']:.2f} s): lost {reload['lost']} "
                f"p99 {reload['latency_us']['p99']:.0f} µs")

    def report(self, output):
        rows = []
        for name, samples in self.results.items():
            if not samples or name in self.failures:
                rows.append([name] + ["failed"] * (len(self.columns) - 1))
                continue
            for phase in ("steady", "reload"):
                runs = [sample[phase] for sample in samples]
                cells = [report.spread([run[key] for run in runs], "{:,.0f}")
                         for key in ("sent", "answered", "lost", "held_back")]
                cells += [report.spread([run["latency_us"][key] for run in runs], "{:,.0f}")
                          for key in ("p50", "p99", "p99.9", "max")]
                cells.append(report.spread([run["lag_us"]["p99"] for run in runs], "{:,.0f}"))
                cells.append(report.spread([run["reload_seconds"] for run in runs
                                            if run["reload_seconds"] is not None], "{:.2f}"))
                cells.append(report.spread([run["peak"] / MEGABYTE for run in runs], "{:.0f}"))
                rows.append([name, phase, *cells])
        where = "server on core 0" if self.options.pin else "server on any core"
        output.table(f"Reload of {self.zones.records:,} A records under {self.options.rate:,.0f} "
                     f"queries/s for {self.options.seconds:g} s, {where} "
                     f"({self.options.rounds} rounds, median (min–max))", self.columns, rows)
