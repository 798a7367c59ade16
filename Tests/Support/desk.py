"""A desk as a stranger meets it: the built program, its folder or database, its server, its API."""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("REGULARS_PROGRAM", ROOT / ".build/debug/regulars"))
SHARED = pathlib.Path(os.environ.get("REGULARS_SHARED", ROOT.parent / "shared"))
PASSWORD = "tidal-lantern-orchard-42"
EMAIL = "ada@example.com"

# A child that outlives a test run which was killed would keep its port and its folder.
DIES_WITH_US = ["setpriv", "--pdeathsig", "KILL"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.cookies = response.msg.get_all("Set-Cookie") or []
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """A desk that is being served."""

    def __init__(self, process, port):
        self.process, self.port = process, port
        self.address = f"http://127.0.0.1:{port}"

    def call(self, method, path, body=None, key=None, headers=None, timeout=60):
        headers = dict(headers or {})
        if key:
            headers["Authorization"] = "Basic " + base64.b64encode(f"{key}:X".encode()).decode()
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers)
            return Answer(connection.getresponse())

    def get(self, path, key=None, **more):
        return self.call("GET", path, key=key, **more)

    def post(self, path, body, key=None, **more):
        return self.call("POST", path, body, key, **more)

    def memory(self):
        """The most memory it ever held, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


class Desk:
    """Where one desk lives: a folder, or a PostgreSQL database and a folder beside it."""

    def __init__(self, folder, database=None):
        self.folder, self.database = pathlib.Path(folder), database
        self.place = [] if database else ["--data", str(folder)]

    @property
    def environment(self):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("REGULARS_")}
        if self.database:
            clean |= {"REGULARS_DATABASE": self.database.url, "REGULARS_FOLDER": str(self.folder)}
        return clean

    def start(self, *words, **more):
        """Begins a command and leaves it running."""
        more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        return subprocess.Popen(
            [*DIES_WITH_US, PROGRAM, *map(str, words), *self.place], env=self.environment, text=True, **more
        )

    def run(self, *words, says=None, code=0, timeout=300):
        """Runs a command to its end, which must be the one expected, and answers what it printed."""
        process = self.start(*words, stdin=subprocess.PIPE)
        out, error = process.communicate(says, timeout=timeout)
        assert process.returncode == code, f"regulars {' '.join(map(str, words))}: {process.returncode}\n{out}{error}"
        return subprocess.CompletedProcess(words, code, out, error)

    def set_up(self, currency="USD", zone="UTC"):
        self.run(
            "setup", "--organisation", "Harbour Coffee", "--name", "Ada Okafor", "--email", EMAIL,
            "--currency", currency, "--zone", zone, "--password-stdin", says=PASSWORD + "\n")
        return self

    def bring(self, kind, file, *words, **more):
        """Imports a file and answers the report."""
        return json.loads(self.run("import", kind, file, "--json", *words, **more).stdout)

    def profile(self, *words):
        return json.loads(self.run("profile", "--json", *words).stdout)

    def key(self):
        return self.run("api-key", "--email", EMAIL).stdout.strip()

    @contextlib.contextmanager
    def serving(self, *flags, command="serve"):
        """A server on a free port, stopped at the end."""
        port = free_port()
        log = open(f"{self.folder}.log", "a+")
        process = self.start(command, "--port", port, *flags, stdout=log, stderr=log)
        try:
            server = Server(process, port)
            deadline = time.monotonic() + 60
            while True:
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise AssertionError(f"the server does not answer:\n{log.read()[-4000:]}")
                with contextlib.suppress(OSError):
                    if server.get("/health/ready").status == 200:
                        break
                time.sleep(0.02)
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            log.close()

    def rows(self, sql):
        """Looks into the database, past the program."""
        if self.database:
            return self.database.rows(sql)
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/regulars.db?mode=ro", uri=True)) as connection:
            return [tuple(str(cell) for cell in row) for row in connection.execute(sql)]

    def number(self, sql):
        return int(self.rows(sql)[0][0])
