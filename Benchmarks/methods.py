#!/usr/bin/env python3
"""Measures the Methods library against the usual Python packages, all in one run on this machine.

    bin/bench methods                      everything
    bin/bench methods --only Erlang        show only names that contain a word

Makes a release build of the measuring program and a folder .venv-bench with lifetimes 0.11.3 and pyworkforce from PyPI.
CDNOW's purchases are read from ../shared/data/cdnow (or --data); without them the fits on real customers are left out,
and say so. Every figure is the best of several runs by its own program's clock; ratios divide them.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "Benchmarks/peers"
VENV = ROOT / ".venv-bench"
# lifetimes is no longer kept up, and needs what was current when it was.
PACKAGES = ["lifetimes==0.11.3", "numpy==1.26.4", "scipy==1.12.0", "pandas<2.2", "pyworkforce==0.5.1"]


def lines(*words):
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, stdin=subprocess.DEVNULL)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def prepare():
    if not (VENV / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([VENV / "bin/pip", "install", "--quiet", *PACKAGES], check=True)
    subprocess.run(["swift", "build", "-c", "release", "--scratch-path", ".build-release", "--product", "MethodsBench"],
                   cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def agree(measured, theirs):
    """A faster fit that is another fit is none."""
    ours = float(re.search(r"LL (-?[\d.]+)", measured["note"])[1])
    if abs(ours - theirs) > 1e-6 * abs(theirs):
        sys.exit(f"{measured['name']}: log-likelihood {ours}, the peer's {theirs}")


def spelled(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", default=str(ROOT.parent / "shared/data"))
    words.add_argument("--only", default="")
    asked = words.parse_args()
    prepare()
    purchases = pathlib.Path(asked.data) / "cdnow"
    ours = lines(".build-release/release/MethodsBench", purchases)
    theirs = {}
    for script, package in (("lifetimes_fit.py", "lifetimes 0.11.3"), ("pyworkforce_plan.py", "pyworkforce 0.5.1")):
        if script == "lifetimes_fit.py" and not purchases.exists():
            continue
        for peer in lines(VENV / "bin/python", PEERS / script, purchases):
            theirs[peer["name"]] = peer | {"package": package}
    for measured in ours:
        if asked.only.lower() not in measured["name"].lower():
            continue
        peer = theirs.get(measured["name"])
        print(f"{measured['name']:44} {spelled(measured['seconds']):>10}  {measured['note']}")
        if peer:
            times = peer["seconds"] / measured["seconds"]
            if "log_likelihood" in peer:
                agree(measured, peer["log_likelihood"])
            likelihood = f"; LL {peer['log_likelihood']:.6f}" if "log_likelihood" in peer else ""
            print(f"{'':44} {spelled(peer['seconds']):>10}  {peer['package']}, {times:.0f} times that{likelihood}")


if __name__ == "__main__":
    main()
