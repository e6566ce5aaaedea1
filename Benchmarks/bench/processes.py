"""Starting, watching and stopping a server together with the processes it forks."""

import ctypes
import mmap
import os
import signal
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class BenchError(Exception):
    """Something that makes a measurement impossible; its text is for the user."""


def set_priority(nice):
    """Priority of this process and of its session: with the kernel's automatic groups, a nice
    value alone counts only among the processes of one session."""
    os.setpriority(os.PRIO_PROCESS, 0, nice)
    try:
        with open("/proc/self/autogroup", "w") as file:
            file.write(str(nice))
    except FileNotFoundError:
        pass


def stat_fields(pid):
    """The fields of /proc/PID/stat from the third on (the name before may hold spaces)."""
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()


def tree(root):
    """The process and all its descendants that are alive."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                children.setdefault(int(stat_fields(entry)[1]), []).append(int(entry))
            except (FileNotFoundError, ProcessLookupError):
                pass
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def touch_memory(size):
    """Takes and frees memory. In a virtual machine the first touch of a page is served by the
    host at a cost that would else fall on whichever server happens to come first."""
    with open("/proc/meminfo") as file:
        available = next(int(line.split()[1]) * 1024 for line in file
                         if line.startswith("MemAvailable"))
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
    mmap.mmap(-1, min(size, available // 2), flags=flags).close()


class Process:
    """A server in the foreground, in a session of its own, logging to a file."""

    def __init__(self, argv, log_path, folder, core=None, nice=0):
        parent = os.getpid()

        def prepare():
            # Should this script be killed outright, the server must not stay behind.
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)
            if core is not None:
                os.sched_setaffinity(0, {core})
            if nice:
                set_priority(nice)

        self.argv, self.log_path, self.core = argv, log_path, core
        with open(log_path, "wb") as log:
            self.started_at = time.monotonic()
            self.child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          cwd=folder, preexec_fn=prepare, start_new_session=True)
        self.pid = self.child.pid

    def log_tail(self, lines=8):
        with open(self.log_path, errors="replace") as log:
            return "".join(log.readlines()[-lines:]).strip() or "(no log)"

    def check_alive(self):
        if self.child.poll() is not None:
            raise BenchError(f"{self.argv[0]} ended with {self.child.returncode}:\n"
                             f"{self.log_tail()}")

    def stop(self, patience=20.0):
        """Ends the process and what it forked; by force when asking does not help."""
        family = tree(self.pid) if self.child.poll() is None else []
        if family:
            self.child.terminate()
        try:
            self.child.wait(patience)
        except subprocess.TimeoutExpired:
            pass
        deadline = time.monotonic() + 2
        while left := [pid for pid in family if self._is_ours(pid)]:
            if time.monotonic() > deadline:
                break
            self.child.poll()
            time.sleep(0.01)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        self.child.wait(patience)

    def _is_ours(self, pid):
        """Alive, and of the session we made: a process ID may have been given out anew."""
        try:
            fields = stat_fields(pid)
            return fields[0] != "Z" and int(fields[3]) == self.pid
        except (FileNotFoundError, ProcessLookupError):
            return False

    def _threads(self):
        for pid in tree(self.pid):
            try:
                yield from (int(thread) for thread in os.listdir(f"/proc/{pid}/task"))
            except (FileNotFoundError, ProcessLookupError):
                pass

    # Measuring

    def cpu_seconds(self):
        """User and system CPU so far of the whole tree, ended threads and children included."""
        user = system = 0
        for pid in tree(self.pid):
            try:
                fields = stat_fields(pid)
            except (FileNotFoundError, ProcessLookupError):
                continue
            user += int(fields[11]) + int(fields[13])
            system += int(fields[12]) + int(fields[14])
        return user / TICKS_PER_SECOND, system / TICKS_PER_SECOND

    def memory(self):
        """Bytes in memory of the whole tree: resident (shared pages count in each process),
        proportional (shared pages count once), and the sum of the peaks."""
        sums = {"VmRSS": 0, "Pss": 0, "VmHWM": 0}
        for pid in tree(self.pid):
            for file_name in ("status", "smaps_rollup"):
                try:
                    with open(f"/proc/{pid}/{file_name}") as file:
                        for line in file:
                            key, _, value = line.partition(":")
                            if key in sums:
                                sums[key] += int(value.split()[0]) * 1024
                except (FileNotFoundError, ProcessLookupError):
                    pass
        return {"resident": sums["VmRSS"], "proportional": sums["Pss"], "peak": sums["VmHWM"]}

    def check_pinned(self):
        """A server that undoes the pinning would be measured with more than one core."""
        if self.core is None:
            return
        for thread in self._threads():
            try:
                allowed = os.sched_getaffinity(thread)
            except ProcessLookupError:
                continue
            if allowed != {self.core}:
                raise BenchError(f"{self.argv[0]}: thread {thread} left core {self.core}: {allowed}")
