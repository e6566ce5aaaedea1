"""Sockets that a service manager has opened, as systemd does, and what it is told."""

import os
import socket

from failures import ADDRESS, answers
from handshake import NewProcess, bound, pair


def launch(place, files, names, *options, **settings):
    """A server that is given descriptors from 3 on, and told so."""
    script = 'LISTEN_PID=$$ exec "$@"'
    numbers = range(100, 100 + len(files))
    for file, number in zip(files, numbers):
        os.dup2(file.fileno(), number, inheritable=True)
    # The shell moves them to where they have to be.
    script = " ".join(f"{3 + index}<&{number} {number}<&-" for index, number in enumerate(numbers)).join(("exec ", "; ")) + script
    environment = os.environ | {"LISTEN_FDS": str(len(files)), "LISTEN_FDNAMES": ":".join(names)}
    command = ["bash", "-c", script, "sh", *place.command(*options, **settings)]
    process = place.run(command, env=environment, pass_fds=numbers)
    for number in numbers:
        os.close(number)
    return process


def tell(tally, place):
    """The manager is told of the new process before the old one ends, which says nothing of stopping."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(place.folder / "notify"))
        manager.settimeout(20)

        def words():
            return [word for word in manager.recv(4096).decode().splitlines() if not word.startswith("STATUS=")]
        environment = os.environ | {"NOTIFY_SOCKET": str(place.folder / "notify")}
        old = place.run(place.command(), env=environment).wait_until_ready()
        tally.check("told of the old one", words(), ["READY=1"])
        given_up = NewProcess(place.control)
        given_up.ask(do="takeover", handshake=1)
        given_up.end()
        tally.check("told that the old one goes on", words(), [f"MAINPID={old.pid}"])
        new = place.run(place.command("--takeover", listen=[f"127.0.0.1:{old.port()}"]), env=environment)
        tally.check("told of the new one", [words(), words()], [[f"MAINPID={new.pid}"], ["READY=1"]])
        tally.check("the old one leaves", old.exit_code(), 0)
        tally.check("the new one leaves", new.stop(), 0)
        tally.check("told that the new one leaves, and nothing of the old one", words(), ["STOPPING=1"])


def run(tally, place):
    tell(tally, place)
    for what, files, threads in [("a pair", pair(), 3), ("many that share", pair(shares=True), 1)]:
        port = files[0].getsockname()[1]
        if threads == 1:
            files += [bound(kind, port=port, shares=True) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM) for _ in range(2)]
        # A query that came before there was a server.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as early:
            early.settimeout(20)
            early.connect(("127.0.0.1", port))
            early.send(b"\x12\x34\0\0\0\1\0\0\0\0\0\0\2n7\x08takeover\7example\0\0\1\0\1")
            server = launch(place, files, ["dns"] * len(files), listen=[f"127.0.0.1:{port}"], threads=threads)
            server.wait_until_ready()
            tally.check(f"{what}: what came before", early.recv(4096)[:2], b"\x12\x34")
        for _ in range(20):
            tally.check(f"{what}: answers", (answers(port), answers(port, tcp=True)), ([ADDRESS], [ADDRESS]))
        tally.check(f"{what}: it leaves", server.stop(), 0)
        # The manager keeps them, and they work again.
        server = launch(place, files, [], listen=[f"127.0.0.1:{port}"], threads=2).wait_until_ready()
        for _ in range(20):
            tally.check(f"{what}: again", (answers(port), answers(port, tcp=True)), ([ADDRESS], [ADDRESS]))
        # Started by the manager, too: it has the sockets already, and programs are to inherit none of what was passed.
        new = launch(place, files, [], "--takeover", listen=[f"127.0.0.1:{port}"]).wait_until_ready()
        tally.check(f"{what}: what programs inherit", new.inheritable(), [])
        tally.check(f"{what}: it is taken over from", server.exit_code(), 0)
        tally.check(f"{what}: answers of the new one", (answers(port), answers(port, tcp=True)), ([ADDRESS], [ADDRESS]))
        tally.check(f"{what}: the new one leaves", new.stop(), 0)
        for file in files:
            file.close()

    # Nobody has said where to listen; TCP is opened beside.
    files = [bound(socket.SOCK_DGRAM)]
    port = files[0].getsockname()[1]
    server = launch(place, files, ["dns"], listen=[]).wait_until_ready()
    tally.check("as they are bound", (answers(port), answers(port, tcp=True)), ([ADDRESS], [ADDRESS]))
    tally.check("as they are bound: it leaves", server.stop(), 0)

    if os.geteuid() == 0:
        force = 33  # SO_RCVBUFFORCE
        files[0].setsockopt(socket.SOL_SOCKET, force, 16 << 20)
        server = launch(place, files, ["dns"], listen=[]).wait_until_ready()
        tally.check("a large buffer stays", files[0].getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF), 32 << 20)
        tally.check("a large buffer stays: it leaves", server.stop(), 0)
    connected = bound(socket.SOCK_DGRAM)
    connected.connect(("127.0.0.1", 9))

    reading, writing = os.pipe()
    with os.fdopen(reading) as pipe, os.fdopen(writing):
        for what, file, words in [
                ("a pipe", pipe, "is neither a socket of UDP nor one of TCP that listens"),
                ("a socket of this machine", socket.socket(socket.AF_UNIX), "is neither a socket"),
                ("one that does not listen", socket.socket(), "is neither a socket"),
                ("one that is not bound", socket.socket(socket.AF_INET, socket.SOCK_DGRAM), "is bound to no address"),
                ("one that is connected", connected, "is connected to one address"),
                ("one for both families", bound(socket.SOCK_DGRAM, "::", both=True), "BindIPv6Only=ipv6-only"),
                ("one that nobody asked for", bound(socket.SOCK_DGRAM), "'listen' does not have")]:
            server = launch(place, [*files, file], ["dns", "odd"], listen=[f"127.0.0.1:{port}"])
            tally.check(f"{what}: refused", server.exit_code(), 1)
            tally.check(f"{what}: by name", "descriptor 4 (odd)" in server.said() and words in server.said())
            file.close()
