"""Plans the intervals of Methods/StaffingBench.swift with pyworkforce 0.5.1; one JSON line a measurement.

    pip install pyworkforce==0.5.1
    python pyworkforce_plan.py
"""

import json
import time

from pyworkforce.queuing import ErlangC


def plan(calls, handling, max_occupancy):
    queue = ErlangC(transactions=calls, aht=handling / 60, asa=20 / 60, interval=30, shrinkage=0.3)
    found = queue.required_positions(service_level=0.8, max_occupancy=max_occupancy)
    return found["raw_positions"] + found["positions"]


def measure(name, intervals, runs, scale_to, max_occupancy):
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        checksum = sum(plan(calls, handling, max_occupancy) for calls, handling in intervals)
        best = min(best, time.perf_counter() - start)
    note = f"{len(intervals)} plans, checksum {checksum}"
    if len(intervals) != scale_to:
        note += f", scaled to {scale_to}"
    print(json.dumps({"name": name, "seconds": best * scale_to / len(intervals), "note": note}))


plain = [(20 + i * 37 % 581, 150 + i * 53 % 211) for i in range(10_000)]
large = [(14_000 + i * 37 % 2000, 200 + i * 53 % 81) for i in range(200)]
measure("erlang-c-plans", plain, runs=3, scale_to=10_000, max_occupancy=0.88)
measure("erlang-c-plans-large", large[:20], runs=2, scale_to=200, max_occupancy=1.0)
