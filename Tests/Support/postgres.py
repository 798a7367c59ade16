"""A PostgreSQL server of the tests' own, from Debian's package, in a temporary folder on a free port."""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from desk import free_port


class Database:
    def __init__(self, programs, port, name):
        self.programs, self.port, self.name = programs, port, name
        self.url = f"postgres://postgres@127.0.0.1:{port}/{name}"

    def rows(self, sql):
        said = subprocess.run(
            [self.programs / "psql", "-X", "-A", "-t", "-F", "\t", "-c", sql, self.url],
            check=True, capture_output=True, text=True)
        return [tuple(line.split("\t")) for line in said.stdout.splitlines()]


def programs():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    assert found, "no PostgreSQL under /usr/lib/postgresql; bin/setup --tests installs it"
    return found[-1].parent


class Server:
    def __init__(self, folder, port):
        self.programs, self.folder, self.port = programs(), folder, port
        self.count = 0

    def database(self):
        """A new and empty one."""
        self.count += 1
        name = f"desk{self.count}"
        subprocess.run(
            [self.programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name], check=True)
        return Database(self.programs, self.port, name)


@contextlib.contextmanager
def serving():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="regulars-postgres-"))
    where, port, alone = programs(), free_port(), []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root.
        shutil.chown(folder, "postgres", "postgres")
        alone = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    as_postgres = ["setpriv", *alone, "--pdeathsig", "QUIT"]
    log = open(folder / "log", "w")
    quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": folder}
    subprocess.run(
        [*as_postgres, where / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"], check=True, **quiet)
    server = subprocess.Popen(
        [*as_postgres, where / "postgres", "-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port),
         "-c", "fsync=off", "-c", "max_connections=200", "-c", "max_wal_size=4GB"], **quiet)
    try:
        deadline = time.monotonic() + 60
        while subprocess.run([where / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode:
            assert server.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()[-4000:]
            time.sleep(0.05)
        yield Server(folder, port)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)
