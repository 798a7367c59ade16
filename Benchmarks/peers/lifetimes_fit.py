"""How long `lifetimes` 0.11.3 takes to fit BG/NBD on CDNOW: JSON lines {"name", "seconds", "log_likelihood"}.

    python lifetimes_fit.py FOLDER [REPEATS]

FOLDER holds CDNOW_sample.txt and CDNOW_master.txt. Calibration runs to 1997-09-30; purchases of one day count
once; times are exact days / 7. Reading and summarising are not timed. One fit warms up, then the best counts.
"""
import json
import sys
import time
import warnings
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
from lifetimes import BetaGeoFitter

END = date(1997, 9, 30).toordinal()


def histories(path, day_column):
    """(x, t_x, T) in weeks for every customer who bought by the end of the calibration."""
    days = defaultdict(set)
    for line in path.read_text().splitlines():
        fields = line.split()
        if not fields or not fields[0].isdigit():
            continue
        stamp = fields[day_column]
        day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:])).toordinal()
        if day <= END:
            days[fields[0]].add(day)
    rows = [(len(d) - 1, (max(d) - min(d)) / 7, (END - min(d)) / 7) for d in days.values()]
    return np.array(rows).T


def timed(name, path, day_column, repeats):
    x, last, observed = histories(path, day_column)
    BetaGeoFitter().fit(x, last, observed)
    best = float("inf")
    for _ in range(repeats):
        model = BetaGeoFitter()
        start = time.perf_counter()
        model.fit(x, last, observed)
        best = min(best, time.perf_counter() - start)
    # It keeps the mean over customers, in units of the longest T: back to the total, in weeks.
    total = -model._negative_log_likelihood_ * len(x) + x.sum() * np.log(model._scale)
    print(json.dumps({"name": name, "seconds": best, "log_likelihood": total}))


def main():
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    timed("BG/NBD, CDNOW sample", folder / "CDNOW_sample.txt", 2, repeats)
    timed("BG/NBD, CDNOW master", folder / "CDNOW_master.txt", 1, repeats)


main()
