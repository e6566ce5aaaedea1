"""Swiftlet as a process under test, and the count of what was checked."""

import pathlib
import signal
import socket
import subprocess
import sys

import dns.edns
import dns.exception
import dns.message
import dns.query

from backends import LIMIT, wait_until


class Server:
    """Swiftlet over a folder of zones on a free port of 127.0.0.1."""

    def __init__(self, program, folder, prefix=(), listen="127.0.0.1", settings=""):
        self.program, self.folder, self.prefix, self.listen = program, pathlib.Path(folder), list(prefix), listen
        self.control = self.folder / "control"
        self.log = self.folder / "log"
        (self.folder / "config.yaml").write_text(
            f"control: {self.control}\nstate-file: {self.folder}/state\n{settings}")
        self.start()

    def launch(self):
        """Starts it, and does not wait for it to be ready."""
        log = open(self.log, "ab")
        self.mark = log.tell()
        self.process = subprocess.Popen(
            [*self.prefix, self.program, "serve", str(self.folder / "zones"), "--listen", f"{self.listen}:0",
             "--threads", "1", "--config", str(self.folder / "config.yaml")],
            stdin=subprocess.DEVNULL, stderr=log)
        log.close()

    def start(self):
        self.launch()
        wait_until(lambda: self.process.poll() is not None or " ready " in self.said(), "the server to be ready")
        if self.process.poll() is not None:
            sys.exit(f"the server did not start:\n{self.said()}")
        line = next(line for line in self.said().splitlines() if " ready " in line)
        self.port = int(line.split("listen=")[1].split()[0].rsplit(":", 1)[1])

    def said(self):
        with open(self.log, "rb") as log:
            log.seek(self.mark)
            return log.read().decode(errors="replace")

    def answer(self, name, kind="A", client=None):
        """The addresses answered, and the lowest TTL of all records.

        client: the network that the query is for, such as 10.1.0.0/16.
        """
        options = [dns.edns.ECSOption.from_text(client)] if client else None
        query = dns.message.make_query(f"{name}.failover.example.", kind, options=options)
        while True:
            try:
                reply = dns.query.udp(query, self.listen, port=self.port, timeout=1)
                break
            except dns.exception.Timeout:
                continue
        addresses = {str(item) for rrset in reply.answer for item in rrset}
        return addresses, min([rrset.ttl for rrset in reply.answer + reply.authority], default=None)

    def do(self, *arguments):
        return subprocess.run(
            [self.program, *arguments, "--control", str(self.control)], capture_output=True, text=True,
            timeout=LIMIT, check=False)

    def connect(self):
        """A connection to its control socket."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(LIMIT)
        connection.connect(str(self.control))
        return connection

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIMIT)
