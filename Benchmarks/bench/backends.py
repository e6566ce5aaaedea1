"""The members of the pools, so that health checks find them up: all take connections and close them."""

import os
import resource
import selectors
import socket
import threading

from . import peerpools
from .processes import BenchError


class BackEnds:
    def __init__(self, port):
        # One socket for each address; none is open to other machines.
        needed = peerpools.POOLS * len(peerpools.WEIGHTS) + 1024
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < needed:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(needed, hard), hard))
        self.selector = selectors.DefaultSelector()
        self.stopping, self.stopper = socket.socketpair()
        self.selector.register(self.stopping, selectors.EVENT_READ)
        for pool in range(peerpools.POOLS):
            for address in peerpools.members(pool):
                try:
                    listener = socket.create_server((address, port), backlog=16)
                except OSError as error:
                    raise BenchError(f"{address}, port {port}: {os.strerror(error.errno)}; "
                                     "--port chooses others") from error
                listener.setblocking(False)
                self.selector.register(listener, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.stopping:
                    return
                try:
                    key.fileobj.accept()[0].close()
                except OSError:
                    pass  # gone already

    def stop(self):
        self.stopper.close()
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
