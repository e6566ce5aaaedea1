"""A second opinion: the rate that dnsperf finds, another's load generator. It takes more CPU for a
query than most servers do, so it is what limits the rate; what it costs the server is told by CPU."""

import re
import subprocess

from .processes import BenchError, set_priority

PACKAGE = "dnsperf"
OUT = 192  # queries at a time, as blast has


def run(port, queries, seconds, core, nice=0):
    """Answers per second, and how many queries were lost."""
    done = subprocess.run(
        ["taskset", "-c", str(core), "dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", str(queries),
         "-l", str(seconds), "-c", "4", "-T", "1", "-q", str(OUT)],
        capture_output=True, text=True, start_new_session=True,
        preexec_fn=(lambda: set_priority(nice)) if nice else None)
    rate = re.search(r"Queries per second: +([0-9.]+)", done.stdout)
    completed = re.search(r"Queries completed: +(\d+)", done.stdout)
    lost = re.search(r"Queries lost: +(\d+)", done.stdout)
    if done.returncode != 0 or not (rate and completed and lost):
        raise BenchError(f"dnsperf failed: {done.stderr.strip()}")
    return {"rate": float(rate[1]), "answered": int(completed[1]), "lost": int(lost[1])}
