"""Running blast and reading its outcome."""

import json
import os
import subprocess

from .processes import BenchError
from .servers import BUILD


def start_blast(port, queries, seconds, core=None, rate=None, realtime=False, nice=0):
    argv = [str(BUILD / "blast"), "--port", str(port), "--queries", str(queries),
            "--seconds", str(seconds)]
    if core is not None:
        argv += ["--core", str(core)]
    if rate is not None:
        argv += ["--rate", str(rate), "--timeout", "2000"]
    if realtime:
        argv += ["--realtime"]
    prepare = (lambda: os.setpriority(os.PRIO_PROCESS, 0, nice)) if nice else None
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            preexec_fn=prepare)


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
