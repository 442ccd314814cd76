"""Comparing what functions cost on a machine that does other things too."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

Work = Callable[[], Any]


def medians(works: list[Work], seconds: float) -> list[float]:
    """What a call of each costs, in microseconds.

    The functions take turns in short batches, so that each meets the same disturbances, and the
    median leaves the rare ones out.
    """
    batches = [_batch(work) for work in works]
    measured: list[list[float]] = [[] for _ in works]
    clock = time.perf_counter
    end = clock() + seconds
    while clock() < end or len(measured[0]) < 9:
        for work, batch, found in zip(works, batches, measured, strict=True):
            start = clock()
            for _ in batch:
                work()
            found.append((clock() - start) / len(batch) * 1e6)
    return [statistics.median(found) for found in measured]


def _batch(work: Work) -> range:
    """So many calls that they take about a tenth of a millisecond."""
    work()
    start = time.perf_counter()
    for _ in range(3):
        work()
    once = (time.perf_counter() - start) / 3
    return range(max(1, int(1e-4 / once)))
