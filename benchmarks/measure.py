"""Measuring against a floor: the least that any program must do for the same result, timed in the same run.

A ratio to the floor can be compared between machines and between days, milliseconds cannot.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

Work = Callable[[], object]
Prepare = Callable[[], Work]
"""Makes ready what must not be timed, and returns what is."""


def ready(work: Work) -> Prepare:
    """Work that needs no preparation."""
    return lambda: work


def compare(name: str, work: Prepare, floor: Prepare, rounds: int = 15) -> None:
    """Time ``work`` and ``floor`` in turn, print a line with the medians in milliseconds and their ratio.

    One round before is not counted: it fills caches, which stay filled while the program runs.
    """
    _milliseconds(work), _milliseconds(floor)
    taken = [(_milliseconds(work), _milliseconds(floor)) for _ in range(rounds)]
    ours, least = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{name:42} {ours:10.2f} ms   floor {least:9.3f} ms   {ours / least:8.1f}", flush=True)


def _milliseconds(prepare: Prepare) -> float:
    work = prepare()
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
