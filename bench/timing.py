"""Timing side by side: every contender in turn, several rounds, and the median of each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

import polars as pl

#: What takes longer than so many seconds runs so many times.
_LONG, _FEW = 0.1, 5


def medians(contenders: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """The median seconds of each contender; rounds are interleaved, after one to warm up.

    One that takes long runs five times, however many rounds there are.
    """
    slow = set()
    for name, run in contenders.items():
        start = time.perf_counter()
        run()
        if time.perf_counter() - start > _LONG:
            slow.add(name)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, run in contenders.items():
            if name in slow and number >= _FEW:
                continue
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def report(title: str, found: Mapping[str, float], base: str, goal: float, scale: float) -> str:
    """A row for each contender: its time divided by `scale`, and its ratio to `base`."""
    unit = {1.0: "s", 1e-3: "ms", 1e-6: "µs"}[scale]
    lines = [f"{title} (goal: at most {goal} × {base})"]
    for name, seconds in found.items():
        ratio = seconds / found[base]
        lines.append(f"  {name:<44} {seconds / scale:>10.2f} {unit:<3} {ratio:>7.2f} ×")
    return "\n".join(lines)


def same_counts(ours: pl.DataFrame, theirs: pl.DataFrame) -> bool:
    """Whether both count the same subjects by duty and outcome; what none does, neither says."""
    keys = ["duty", "outcome"]
    found = ours.filter(pl.col("count") > 0).cast({"outcome": pl.String, "count": pl.Int64})
    return found.sort(keys).equals(theirs.sort(keys))
