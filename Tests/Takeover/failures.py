"""What becomes of takeovers that fail, on either side and at every step, and of those that change something."""

import fcntl
import os
import signal
import socket
import struct
import subprocess
import time

import dns.exception
import dns.message
import dns.query
from handshake import NewProcess, OldProcess, pair, receive
from running import wait_until

NAME = "n7.takeover.example."
ADDRESS = "10.0.0.7"
# The old process waits no longer for the new one to answer queries.
PATIENCE = 30
GIVEN_UP = "nobody has taken over"


def answers(port, host="127.0.0.1", tcp=False):
    query = dns.message.make_query(NAME, "A")
    try:
        reply = (dns.query.tcp if tcp else dns.query.udp)(query, host, port=port, timeout=5)
    except (OSError, EOFError, dns.exception.DNSException):
        return None
    return [str(item) for rrset in reply.answer for item in rrset]


def serves(tally, what, place, process, port):
    """A server answers, takes orders and keeps them."""
    for tcp in (False, True):
        tally.check(f"{what}: answers over {'TCP' if tcp else 'UDP'}", answers(port, tcp=tcp), [ADDRESS])
    tally.check(f"{what}: it is that one", place.do("status").get("process"), process.pid)
    tally.check(f"{what}: it takes orders", place.do("drain", "10.1.0.1").get("kept"), True)
    tally.check(f"{what}: it writes its state", b"drain" in place.state.read_bytes())
    tally.check(f"{what}: it takes them back", place.do("auto", "10.1.0.1").get("ok"), True)
    tally.check(f"{what}: the pid file", place.pid_file.read_text(), f"{process.pid}\n")


def fail_to_load(tally, place, old, listen):
    broken = place.folder / "broken"
    broken.mkdir()
    (broken / "takeover.example.zone").write_text("@ IN NS\n")
    for what, options, settings in [("a broken zone", ["--strict"], {"zones": broken}),
                                    ("no folder", [], {"zones": place.folder / "none"}),
                                    ("a place that is taken", [], {"listen": [*listen, listen[0].replace("127.0.0.1", "0.0.0.0")]})]:
        new = place.run(place.command("--takeover", *options, **{"listen": listen} | settings))
        tally.check(f"{what}: the new one leaves", new.exit_code(), 1)
        serves(tally, what, place, old, old.port())


def ends(new, old):
    """Ends the new process, and waits until the old one has seen it."""
    before = old.said().count(GIVEN_UP)
    new.end()
    wait_until(lambda: old.said().count(GIVEN_UP) > before, "the old one to see that the new one is gone")


def break_off(tally, place, old):
    """The new process ends at each step."""
    port = old.port()
    for what, steps in [("nothing", []), ("sockets", ["takeover"]), ("state", ["takeover", "state"])]:
        new = NewProcess(place.control)
        for step in steps:
            reply = new.ask(do=step, handshake=1)
            tally.check(f"the new one has {what}: {step}", reply["ok"])
        if "state" in steps:
            tally.check("no orders meanwhile", "about to take over" in place.do("drain", "10.1.0.1")["error"])
            tally.check("answers meanwhile", answers(port), [ADDRESS])
        if steps:
            other = place.run(place.command("--takeover", listen=[f"127.0.0.1:{port}"]))
            tally.check("one at a time", (other.exit_code(), other.says(f"another process ({os.getpid()}) is taking over already; end it first")), (1, True))
        if steps:
            ends(new, old)
        new.end()
        serves(tally, f"the new one ends, having {what}", place, old, port)
    for what, message in [("a step too early", {"do": "leave"}), ("something else", {"do": "dance"})]:
        new = NewProcess(place.control)
        new.ask(do="takeover", handshake=1)
        tally.check(f"{what}: refused", new.ask(**message)["ok"], False)
        new.end()
        serves(tally, what, place, old, port)
    new = NewProcess(place.control)
    tally.check("no handshake", new.ask(do="takeover")["ok"], False)
    new.end()


def tell_and_go(tally, place):
    """An old process that is stopped when it is told to leave leaves when it goes on, though the new one has closed the
    connection; or it is to end by itself, before it has read that. What the new one has by then is not touched."""
    for what, is_killed in (("told to leave", False), ("to end by itself", True)):
        old = place.start()
        new = NewProcess(place.control)
        for step in ("takeover", "state"):
            new.ask(do=step, handshake=1)
        os.kill(old.pid, signal.SIGSTOP)
        # As the new one marks what it has.
        for file in (place.pid_file, place.control.with_name("control.lock")):
            tally.check(f"{what}: whose it was", file.read_text(), f"{old.pid}\n")
            file.write_text(f"{os.getpid()}\n")
        if is_killed:
            os.kill(old.pid, signal.SIGTERM)
        else:
            new.connection.send(b'{"do":"leave","keep":["control","pid-file"]}\n')
            new.end()
        os.kill(old.pid, signal.SIGCONT)
        tally.check(f"{what}: it leaves", old.exit_code(), 0)
        tally.check(f"{what}: it does not go on", old.says(GIVEN_UP), False)
        tally.check(f"{what}: what is not its own stays", (place.control.exists(), place.pid_file.exists()), (True, True))
        new.end()


def refuse_others(tally, place, old):
    """Who may use the control socket may not therefore have the sockets."""
    if os.geteuid() != 0:
        return
    place.control.chmod(0o666)
    done = subprocess.run(
        ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/bin/python3", "-c",
         "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); "
         "s.send(b'{\"do\":\"takeover\",\"handshake\":1}\\n'); print(s.recv(1000).decode())", str(place.control)],
        capture_output=True, text=True, check=False)
    tally.check("another user", "only root and the server's own user" in done.stdout, done.stderr or True)
    place.control.chmod(0o660)


def lose_the_old(tally, place):
    """The old process ends at each step; where the new one has the sockets, it serves."""
    for steps in (0, 1, 2, 3):
        old = OldProcess(place, steps)
        command = place.command("--takeover", listen=[f"127.0.0.1:{old.port}"])
        new = place.run(command)
        old.join()
        what = f"the old one ends after {steps} steps"
        new.wait_until_ready()
        tally.check(f"{what}: an ordinary start", new.says("an ordinary start"), steps == 0)
        tally.check(f"{what}: asked", old.asked, ["takeover", "state", "leave"][:steps])
        serves(tally, what, place, new, old.port)
        tally.check(f"{what}: the new one leaves", new.stop(), 0)
        tally.check(f"{what}: nothing is left", (place.control.exists(), place.pid_file.exists()), (False, False))
    for what, reply in [("of another protocol", {"ok": True, "handshake": 2}),
                        ("of an old version", {"ok": False, "error": "'takeover' cannot be done"})]:
        old = OldProcess(place, 3, {"takeover": reply})
        new = place.run(place.command("--takeover", listen=[f"127.0.0.1:{old.port}"]))
        tally.check(f"{what}: the new one leaves", (new.exit_code(), new.says("stop it first")), (1, True))
        old.join()


def stay(tally, place):
    """The old process says that it goes on: the new one has answered queries, and must not stay."""
    for steps, step in ((2, "state"), (3, "leave")):
        old = OldProcess(place, steps, {step: {"ok": False, "error": "too late"}})
        new = place.run(place.command("--takeover", listen=[f"127.0.0.1:{old.port}"]))
        tally.check(f"the old one stays at {step}: the new one leaves", (new.exit_code(), new.says("too late")), (1, True))
        old.join()


def busy(tally, place):
    """The old process is gone, and what it had is free a moment later."""
    for what, path in (("a port", None), ("the pid file", place.pid_file),
                       ("the control socket", place.control.with_name("control.lock"))):
        held = pair()
        port = held[0].getsockname()[1]
        if path:
            for file in held:
                file.close()
            held = [open(path, "w", encoding="ascii")]
            fcntl.flock(held[0], fcntl.LOCK_EX)
        new = place.run(place.command("--takeover", listen=[f"127.0.0.1:{port}"]))
        wait_until(lambda: new.says("an ordinary start"), "a new one that finds nobody")
        # Long enough to be found taken.
        time.sleep(0.5)
        for file in held:
            file.close()
        new.wait_until_ready()
        tally.check(f"{what} that is free a moment later", new.stop(), 0)


def change(tally, place):
    """Other threads and addresses, and a connection that is open meanwhile."""
    first = place.start(threads=1, listen=["127.0.0.1:0", "127.0.0.2:0"])
    ports = first.port(0), first.port(1)
    with socket.create_connection(("127.0.0.1", ports[0]), 10) as connection:
        query = dns.message.make_query(NAME, "A").to_wire()
        connection.send(struct.pack("!H", len(query)) + query)
        tally.check("a connection", len(connection.recv(4096)) > len(query))
        second = place.start("--takeover", threads=3, listen=[f"127.0.0.1:{ports[0]}", "127.0.0.3:0"])
        # Served on by the process that is leaving.
        connection.send(struct.pack("!H", len(query)) + query)
        tally.check("a connection that was open", len(connection.recv(4096)) > len(query))
        tally.check("idle, it is closed", connection.recv(4096), b"")
    tally.check("the first leaves", first.exit_code(), 0)
    added = second.port(1)
    for _ in range(20):
        tally.check("kept", answers(ports[0]), [ADDRESS])
        tally.check("added", answers(added, "127.0.0.3"), [ADDRESS])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free, socket.socket() as freed:
        tally.check("removed", (free.bind(("127.0.0.2", ports[1])), freed.bind(("127.0.0.2", ports[1]))), (None, None))
    third = place.start("--takeover", threads=1, listen=[f"127.0.0.1:{ports[0]}"])
    tally.check("the second leaves", second.exit_code(), 0)
    for _ in range(20):
        tally.check("kept twice", (answers(ports[0]), answers(ports[0], tcp=True)), ([ADDRESS], [ADDRESS]))
    tally.check("the third leaves", third.stop(), 0)


def hang(place):
    """A new process that hangs when the old one waits for it: looked at with `has_gone_on`."""
    old = place.start()
    new = NewProcess(place.control)
    for step in ("takeover", "state"):
        new.ask(do=step, handshake=1)
    return old, new, time.monotonic()


def has_gone_on(tally, place, hanging):
    old, new, begin = hanging
    wait_until(lambda: old.says(GIVEN_UP), "the old one to give up", PATIENCE + 5)
    tally.check("patience", time.monotonic() - begin > PATIENCE - 1)
    tally.check("the new one is told", receive(new.connection)[0]["ok"], False)
    new.end()
    serves(tally, "the new one hangs", place, old, old.port())
    tally.check("the old one leaves", old.stop(), 0)


def fall_silent(place, steps):
    """An old process that hangs when it has answered `steps` requests: looked at with `is_left_behind`."""
    old = OldProcess(place, 3, {step: None for step in ("takeover", "state", "leave")[steps:]})
    new = place.run(place.command("--takeover", listen=[f"127.0.0.1:{old.port}"]))
    return old, new, steps


def is_left_behind(tally, place, silent):
    """Once it is told to leave, the new one stays; before, that one gives up."""
    old, new, steps = silent
    if steps < 2:
        tally.check("the old one hangs: the new one leaves", (new.exit_code(PATIENCE + 5), new.says("does not answer")), (1, True))
    else:
        wait_until(lambda: new.says(" ready "), "the new one to go on", PATIENCE + 5)
        tally.check("the old one hangs when it is to leave", new.says("does not answer"))
        serves(tally, "the old one hangs when it is to leave", place, new, old.port)
        tally.check("the new one leaves", new.stop(), 0)
    old.end()


def run(tally, place):
    alone = place.start("--takeover")
    tally.check("nobody is there", alone.says("an ordinary start"))
    listen = [f"127.0.0.1:{alone.port()}"]
    fail_to_load(tally, place, alone, listen)
    break_off(tally, place, alone)
    refuse_others(tally, place, alone)
    tally.check("it leaves", alone.stop(), 0)
    lose_the_old(tally, place)
    stay(tally, place)
    busy(tally, place)
    tell_and_go(tally, place)
    change(tally, place)
