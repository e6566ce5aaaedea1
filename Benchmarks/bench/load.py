"""Running blast and reading its outcome."""

import json
import subprocess

from .processes import BenchError, set_priority
from .server import BUILD


def start_blast(port, queries, seconds, core=None, rate=None, realtime=False, nice=0, tcp=None):
    """With `tcp` (queries per connection, lanes, window) over TCP."""
    argv = [str(BUILD / "blast"), "--port", str(port), "--queries", str(queries),
            "--seconds", str(seconds)]
    if core is not None:
        argv += ["--core", str(core)]
    if rate is not None:
        argv += ["--rate", str(rate), "--timeout", "2000"]
    if realtime:
        argv += ["--realtime"]
    if tcp is not None:
        argv += ["--tcp", str(tcp["per_connection"]), "--lanes", str(tcp["lanes"]),
                 "--window", str(tcp["window"])]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=(lambda: set_priority(nice)) if nice else None,
                            start_new_session=True)


def finish_blast(blast):
    output, errors = blast.communicate()
    if blast.returncode != 0:
        raise BenchError(f"blast failed: {errors.strip()}")
    outcome = json.loads(output)
    if outcome["overflows"]:
        raise BenchError(f"blast was too slow for its answers: {outcome['overflows']} dropped")
    return outcome


def stop_blast(blast):
    """For the way out on a failure."""
    if blast.poll() is None:
        blast.kill()
        blast.communicate()


def run_blast(*arguments, **options):
    blast = start_blast(*arguments, **options)
    try:
        return finish_blast(blast)
    finally:
        stop_blast(blast)
