"""Back ends that fail on demand: nginx, a server of half a dozen bad habits, and a HAProxy agent."""

import os
import pathlib
import signal
import socket
import ssl
import struct
import subprocess
import threading
import time

LIMIT = 20.0
HTTP, HTTPS, AGENT = 28_080, 28_443, 28_777


def wait_until(condition, what):
    deadline = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.005)


def wait_for(process, address, port):
    wait_until(lambda: process.poll() is not None or accepts(address, port), f"{process.args[0]} to listen")
    if process.poll() is not None:
        raise ChildProcessError(f"{process.args[0]} did not start on {address}")


def accepts(address, port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


class Certificates:
    """An authority of the test's own, and what it signs."""

    def __init__(self, folder, host):
        self.folder = pathlib.Path(folder)
        self.authority = self.folder / "ca.pem"
        self.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days",
                 "2", "-subj", "/CN=Failover tests")
        self.good = self.sign("good", host, 2)
        self.expired = self.sign("expired", host, -1)
        self.misnamed = self.sign("misnamed", "other.example", 2)

    def sign(self, name, host, days):
        (self.folder / f"{name}.cnf").write_text(f"subjectAltName=DNS:{host}\n")
        self.run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj",
                 f"/CN={host}")
        end = time.strftime("%y%m%d%H%M%SZ", time.gmtime(time.time() + days * 86_400))
        (self.folder / "index.txt").write_text("")
        (self.folder / "serial").write_text("01\n")
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
            "policy=p\n[p]\ncommonName=supplied\n")
        self.run("ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", f"{name}.csr",
                 "-out", f"{name}.pem", "-startdate", "200101000000Z", "-enddate", end, "-extfile", f"{name}.cnf")
        return name

    def run(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


class Nginx:
    """One nginx of its own on one address, over HTTP and HTTPS."""

    def __init__(self, folder, address, certificates):
        self.folder = pathlib.Path(folder) / f"nginx-{address}"
        self.folder.mkdir()
        self.address, self.certificates = address, certificates
        self.use(certificates.good)
        (self.folder / "nginx.conf").write_text(f"""
daemon off; master_process on; pid {self.folder}/pid; error_log {self.folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {self.folder}; proxy_temp_path {self.folder}; fastcgi_temp_path {self.folder};
  uwsgi_temp_path {self.folder}; scgi_temp_path {self.folder};
  server {{
    listen {address}:{HTTP}; listen {address}:{HTTPS} ssl;
    ssl_certificate {self.folder}/now.pem; ssl_certificate_key {self.folder}/now.key;
    location / {{ if (-f {self.folder}/fail) {{ return 500; }} return 200 "well\\n"; }}
  }}
}}
""")
        self.process = None
        self.start()

    def use(self, certificate):
        for end in ("pem", "key"):
            link = self.folder / f"now.{end}"
            link.unlink(missing_ok=True)
            link.symlink_to(self.certificates.folder / f"{certificate}.{end}")

    def present(self, certificate):
        """Returns when new connections see the certificate; those to old workers end first."""
        self.use(certificate)
        text = (self.folder / "now.pem").read_text()
        wanted = ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN"):])
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: all(self.seen() == wanted for _ in range(5)), "nginx to take its new certificate")

    def seen(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((self.address, HTTPS), LIMIT) as plain, context.wrap_socket(plain) as session:
            return session.getpeercert(binary_form=True)

    def start(self):
        self.process = subprocess.Popen(
            ["nginx", "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c",
             str(self.folder / "nginx.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        wait_for(self.process, self.address, HTTP)

    def signal(self, number):
        os.killpg(self.process.pid, number)

    def kill(self):
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
        self.process.wait()

    def fail(self, fails):
        mark = self.folder / "fail"
        mark.touch() if fails else mark.unlink(missing_ok=True)


class HAProxy:
    """One HAProxy that answers by itself."""

    def __init__(self, folder, address):
        self.address = address
        self.configuration = pathlib.Path(folder) / f"haproxy-{address}.cfg"
        self.configuration.write_text(f"""
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend health
  bind {address}:{HTTP}
  monitor-uri /
""")
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["haproxy", "-db", "-f", str(self.configuration)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        wait_for(self.process, self.address, HTTP)

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Actor:
    """Answers as its `habit` says, which may change at any time."""

    def __init__(self, address, port, habit):
        self.habit, self.good = habit, habit
        self.connections = []
        self.listener = socket.create_server((address, port), backlog=256, reuse_port=True)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection, self.habit), daemon=True).start()

    @staticmethod
    def serve(connection, habit):
        connection.settimeout(2)
        try:
            habit(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def close(self):
        self.listener.close()


def reply(connection, field=b""):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + field + b"Content-Length: 5\r\nConnection: close\r\n\r\nwell\n")


def report(load, connections):
    """Replies, and says how busy it is."""
    metrics = f"TEXT application_utilization={load}, named_metrics.connections={connections}"
    return lambda connection: reply(connection, f"endpoint-load-metrics: {metrics}\r\n".encode())


def never_reply(connection):
    connection.recv(4096)
    time.sleep(1)


def reset_amid_the_reply(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 2")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def close_early(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200")


def drip(connection):
    connection.recv(4096)
    for octet in b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwell\n":
        connection.sendall(bytes([octet]))
        time.sleep(0.03)


def speak_another_protocol(connection):
    connection.sendall(b"220 mail.example ESMTP\r\n")
    connection.recv(4096)


def endless_head(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")
        time.sleep(0.001)


def endless_body(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 4096)
        time.sleep(0.001)


def agent_says(line):
    def habit(connection):
        connection.sendall(line)
    return habit
