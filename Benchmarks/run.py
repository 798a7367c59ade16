#!/usr/bin/env python3
"""Measures the release build: `regulars bench` at several sizes, then single purchases and pages over HTTP.

    bin/bench                              10,000 and 100,000 customers on SQLite
    bin/bench --customers 1000000          that size
    bin/bench --engine postgres            on a PostgreSQL started for the purpose, with its disk flushes on

Needs wrk (Debian's package) for the load. Everything happens in a temporary folder (--folder to choose one) that is
removed afterwards. Each figure is named with its unit; "p95" is over the number of tries in Sources/regulars/Bench.swift.
"""
import argparse
import base64
import glob
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("REGULARS_PROGRAM", ROOT + "/.build-release/release/regulars")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Postgres:
    """A PostgreSQL of our own that keeps its promises: fsync and synchronous_commit stay on."""

    def __init__(self, folder):
        self.folder, self.port = folder + "/postgres", free_port()
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        os.makedirs(self.folder)
        self.prefix = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            os.chmod(folder, 0o755)
            self.prefix = ["runuser", "-u", "postgres", "--"]
        run = lambda *words: subprocess.run([*self.prefix, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.control = programs + "/pg_ctl"
        run(programs + "/initdb", "-D", self.folder + "/data", "-A", "trust", "-U", "postgres", "--no-locale", "-E", "UTF8")
        options = f"-p {self.port} -k {self.folder} -h 127.0.0.1 -c shared_buffers=512MB -c max_wal_size=8GB"
        run(self.control, "-D", self.folder + "/data", "-w", "-l", self.folder + "/log", "-o", options, "start")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self):
        subprocess.run([*self.prefix, self.control, "-D", self.folder + "/data", "-m", "fast", "stop"],
                       stdout=subprocess.DEVNULL, cwd="/")


def flushes(folder):
    """How long one write and fsync takes on this disk, in microseconds (median of 200)."""
    times, path = [], folder + "/flush"
    with open(path, "wb", buffering=0) as file:
        for _ in range(200):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1e6)
    os.remove(path)
    return round(sorted(times)[100])


def over_http(words, environment, customers, folder):
    """Single purchases with 32 clients for ten seconds, and pages one at a time."""
    port = free_port()
    key = subprocess.run([PROGRAM, "api-key", *words, "--email", "bench@example.com"], env=environment, check=True,
                         capture_output=True, text=True).stdout.strip()
    with open(folder + "/serve.log", "w") as log:
        server = subprocess.Popen([PROGRAM, "serve", *words, "--port", str(port), "--log-level", "error"],
                                  env=environment, stdout=log, stderr=log)
    try:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", "/health/ready")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        auth = "Basic " + base64.b64encode(f"{key}:X".encode()).decode()
        load = dict(os.environ, BENCH_AUTH=auth, BENCH_CUSTOMERS=str(customers), BENCH_RUN=str(int(time.time())))
        said = subprocess.run(
            ["wrk", "-t1", "-c32", "-d10s", "--latency", "-s", ROOT + "/Benchmarks/purchases.lua",
             f"http://127.0.0.1:{port}"], env=load, check=True, capture_output=True, text=True).stdout
        figures = {"http_purchases_per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
                   "http_purchases_p99": re.search(r"99%\s+(\S+)", said)[1],
                   "http_purchases_not_2xx": int((re.search(r"Non-2xx[^:]*: (\d+)", said) or [0, 0])[1])}
        for name, path in [("profile", "/api/v2/profile"), ("contact", "/api/v2/contacts/{}"),
                           ("contacts", "/api/v2/contacts?q=lin")]:
            times = []
            for number in range(200):
                began = time.perf_counter()
                connection.request("GET", path.format(2 + number * 7919 % customers), headers={"Authorization": auth})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, (path, answer.status)
                times.append((time.perf_counter() - began) * 1000)
            figures[f"http_{name}_ms_p95"] = round(sorted(times)[190], 2)
        return figures
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--folder", help="where the data goes; a temporary folder otherwise")
    options = parser.parse_args()
    base = tempfile.mkdtemp(prefix="regulars-bench-", dir=options.folder)
    os.chmod(base, 0o755)
    print(f"fsync of 4 KB here: {flushes(base)} microseconds (median)", flush=True)
    try:
        for customers in options.customers:
            folder = f"{base}/{customers}"
            os.makedirs(folder)
            environment = {name: value for name, value in os.environ.items() if name != "REGULARS_DATABASE"}
            postgres = Postgres(folder) if options.engine == "postgres" else None
            try:
                words = [] if postgres else ["--data", folder + "/desk"]
                if postgres:
                    environment.update(REGULARS_DATABASE=postgres.url, REGULARS_FOLDER=folder + "/desk")
                said = subprocess.run([PROGRAM, "bench", *words, "--customers", str(customers), "--json"],
                                      env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
                figures = json.loads(said)
                figures.update(over_http(words, environment, customers, folder))
                for name, value in figures.items():
                    print(f"{name:40} {value}", flush=True)
                print(flush=True)
            finally:
                if postgres:
                    postgres.stop()
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        shutil.rmtree(base, ignore_errors=True)


main()
