"""The tables of the comparison."""

from statistics import median

from . import report

COLUMNS = ["server", "of the limit", "answers/s", "user µs/query", "user, pooled", "system µs/query",
           "limit by CPU", "core busy", "p50 µs", "p99 µs", "p99.9 µs", "lost"]
OWN_COLUMNS = ["row", "of the limit", "user µs/query", "best peer by rate", "rate by its",
               "best peer by p99.9", "p99.9 by its"]
MEMORY_COLUMNS = ["server", "resident MB", "shared once MB", "peak MB"]
DNSPERF_COLUMNS = ["server", "answers/s", "all CPU µs/query", "lost"]
MEGABYTE = 1e6


class Comparison:
    def __init__(self, rounds):
        self.rounds = rounds
        self.names = [kind.name for kind in rounds.kinds]
        self.notes = []

    def samples(self, row, name):
        """None for a row in which the server failed, even if late."""
        failed = name in self.rounds.failures or (row.name, name) in self.rounds.missing
        return [] if failed else self.rounds.samples[row.name, name]

    def ratios(self, row, name, of):
        """Per round, so that a slow phase of the machine does not count against one server."""
        limits = {sample["round"]: sample for sample in self.rounds.samples.get((row.name, "reflector"), [])}
        return [of(sample, limits[sample["round"]]) for sample in self.samples(row, name)
                if sample["round"] in limits]

    def of_limit(self, row, name):
        return self.ratios(row, name, lambda own, limit: own["rate"] / limit["rate"])

    def by_cpu(self, row, name):
        return self.ratios(row, name, lambda own, limit: limit["all_us"] / own["all_us"])

    def pooled(self, row, name, key):
        """Microseconds per answer over all rounds together."""
        samples = self.samples(row, name)
        return (sum(sample[key] for sample in samples) * 1e6
                / sum(sample["answered"] for sample in samples))

    def cells(self, row, name):
        samples = self.samples(row, name)
        if not samples:
            return ["-"] * (len(COLUMNS) - 1)

        def spread(key, form):
            return report.spread([sample[key] for sample in samples], form)

        times = [report.spread([sample["half"][key] for sample in samples], "{:.0f}")
                 for key in ("p50", "p99", "p99.9")]
        lost = sum(sample["lost"] + sample["half"]["lost"] for sample in samples)
        return [
            report.spread(self.of_limit(row, name), "{:.2f}"), spread("rate", "{:,.0f}"),
            spread("user_us", "{:.2f}"), f"{self.pooled(row, name, 'user_seconds'):.3f}",
            spread("system_us", "{:.2f}"), report.spread(self.by_cpu(row, name), "{:.2f}"),
            f"{median(sample['busy'] for sample in samples):.0%}", *times, f"{lost:,}",
        ]

    def mark(self, row, kind):
        """The number of the footnote: what a server does differently, or why it has no figures."""
        if kind.name in self.rounds.failures:
            note = f"{kind.name} failed"
        elif (row.name, kind.name) in self.rounds.missing:
            note = self.rounds.missing[row.name, kind.name]
        elif row.name in kind.differs:
            note = f"{kind.name} {kind.differs[row.name]}"
        else:
            return ""
        if note not in self.notes:
            self.notes.append(note)
        return f" [{self.notes.index(note) + 1}]"

    def summary(self, output, title, value, form):
        """Rows by servers, with one figure each."""
        lines = []
        for row in self.rounds.rows:
            cells = []
            for kind in self.rounds.kinds:
                cell = value(row, kind.name)
                cells.append(("-" if cell is None else form.format(cell)) + self.mark(row, kind))
            lines.append([row.title, *cells])
        output.table(title, ["row", *self.names], lines)

    def shares(self):
        """The median share of the limit of each row and server; None where there is none."""
        return {(row.name, name): median(values) if (values := self.of_limit(row, name)) else None
                for row in self.rounds.rows for name in self.names}

    def report(self, output):
        options = self.rounds.options
        setting = f"{options.rounds} rounds of {options.seconds:g} s, medians"
        shares = self.shares()
        if "reflector" in self.names:
            self.summary(output, f"Rate by that of the reflector ({setting})",
                         lambda row, name: shares[row.name, name], "{:.2f}")
        self.summary(output, "User CPU, µs/query, all rounds pooled",
                     lambda row, name: self.pooled(row, name, "user_seconds")
                     if self.samples(row, name) else None, "{:.3f}")
        self.summary(output, "p99.9 at half of the server's own rate, µs",
                     lambda row, name: median(sample["half"]["p99.9"] for sample in self.samples(row, name))
                     if self.samples(row, name) else None, "{:.0f}")
        if "swiftlet" in self.names:
            self.report_own(output)
        if self.notes:
            output.note("; ".join(f"[{index + 1}] {note}" for index, note in enumerate(self.notes)) + ".")
        for row in self.rounds.rows:
            output.table(f"{row.title} (median (min–max))", COLUMNS,
                         [[name, *self.cells(row, name)] for name in self.names])
        self.report_memory(output)
        self.report_dnsperf(output)
        output.record = {
            "rounds": options.rounds, "seconds": options.seconds, "memory": self.rounds.memory,
            "dnsperf": self.rounds.dnsperf,
            "missing": {"/".join(key): text for key, text in self.rounds.missing.items()},
            "results": {"/".join(key): samples for key, samples in self.rounds.samples.items()},
        }

    def report_own(self, output):
        """Swiftlet by the best peer of each row, round by round."""
        lines = []
        for row in self.rounds.rows:
            own = {sample["round"]: sample for sample in self.samples(row, "swiftlet")}
            peers = [kind.name for kind in self.rounds.kinds
                     if kind.answers_dns and kind.name != "swiftlet" and self.samples(row, kind.name)]
            if not own or not peers:
                lines.append([row.title] + ["-"] * (len(OWN_COLUMNS) - 1))
                continue
            line = [row.title, report.spread(self.of_limit(row, "swiftlet"), "{:.2f}"),
                    f"{self.pooled(row, 'swiftlet', 'user_seconds'):.3f}"]
            for best, value in ((max, lambda sample: sample["rate"]),
                                (min, lambda sample: sample["half"]["p99.9"])):
                name = best(peers, key=lambda peer: median(map(value, self.samples(row, peer))))
                ratios = [value(own[sample["round"]]) / value(sample)
                          for sample in self.samples(row, name) if sample["round"] in own]
                line += [name, report.spread(ratios, "{:.2f}")]
            lines.append(line)
        output.table("Swiftlet by the best peer of each row", OWN_COLUMNS, lines)

    def report_dnsperf(self, output):
        """The same servers under another load generator."""
        samples = self.rounds.dnsperf
        if not any(samples.values()):
            return
        title = next(runs[0]["row"] for runs in samples.values() if runs)
        output.table(f"dnsperf: {title} (median (min–max))", DNSPERF_COLUMNS,
                     [[name, *(report.spread([run[key] for run in runs], form)
                               for key, form in (("rate", "{:,.0f}"), ("all_us", "{:.2f}"), ("lost", "{:,.0f}")))]
                      for name, runs in samples.items()])

    def report_memory(self, output):
        rows = []
        for name, samples in self.rounds.memory.items():
            rows.append([name, *(report.spread([sample[key] / MEGABYTE for sample in samples], "{:.1f}")
                                 for key in ("resident", "proportional", "peak"))])
        output.table("Memory after all rows (median (min–max))", MEMORY_COLUMNS, rows)
