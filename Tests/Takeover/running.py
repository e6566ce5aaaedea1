"""Servers that take over from one another at one port and control socket."""

import json
import os
import pathlib
import signal
import subprocess
import time

LIMIT = 30.0


def wait_until(condition, what, limit=LIMIT):
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.005)


class Process:
    """One server process, and what it logs."""

    def __init__(self, command, log, **options):
        self.path = log
        with open(log, "wb") as file:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=file,
                **options)
        self.pid = self.process.pid

    def said(self):
        return self.path.read_text(errors="replace")

    def says(self, text):
        return text in self.said()

    def wait_until_ready(self):
        wait_until(lambda: self.process.poll() is not None or self.says(" ready "), f"a server to be ready:\n{self.said()}")
        if self.process.poll() is not None:
            raise ChildProcessError(f"a server did not start:\n{self.said()}")
        return self

    def port(self, index=0):
        line = next(line for line in self.said().splitlines() if " ready " in line)
        return int(line.split("listen=")[1].split()[0].split(",")[index].rsplit(":", 1)[1])

    def exit_code(self, limit=LIMIT):
        return self.process.wait(limit)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIMIT)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def files(self):
        """How many descriptors are open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def inheritable(self):
        """What a descriptor leads to that a program which it started would have, beside the three of all."""
        folder = pathlib.Path(f"/proc/{self.pid}")
        return [os.readlink(folder / "fd" / file.name) for file in (folder / "fdinfo").iterdir() if int(file.name) > 2
                and not int(file.read_text().split("flags:")[1].split()[0], 8) & os.O_CLOEXEC]


class Place:
    """A folder of zones with a control socket, where one process after the other serves."""

    def __init__(self, program, folder, zones):
        self.program, self.folder = program, pathlib.Path(folder)
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.zones = self.folder / "zones"
        self.zones.mkdir()
        for name, text in zones.items():
            (self.zones / f"{name}.zone").write_text(text)
        self.control, self.pid_file = self.folder / "control", self.folder / "pid"
        self.state = self.folder / "state"
        (self.folder / "config.yaml").write_text(f"control: {self.control}\nstate-file: {self.state}\n")
        self.processes = []

    def command(self, *options, listen=("127.0.0.1:0",), threads=2, zones=None):
        listening = [word for endpoint in listen for word in ("--listen", endpoint)]
        return [self.program, "serve", zones or self.zones, *listening, "--threads", threads, "--config",
                self.folder / "config.yaml", "--pid-file", self.pid_file, *options]

    def run(self, command, **options):
        process = Process(command, self.folder / f"log-{len(self.processes)}", **options)
        self.processes.append(process)
        return process

    def start(self, *options, **settings):
        return self.run(self.command(*options, **settings)).wait_until_ready()

    def do(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments, "--control", str(self.control), "--json"], capture_output=True, text=True,
            timeout=LIMIT, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else {"ok": False, "error": done.stderr}

    def end(self):
        for process in self.processes:
            process.end()
