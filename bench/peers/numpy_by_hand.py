"""The twenty rules on numpy arrays: a mask of what holds and one of what does not, by condition."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import polars as pl

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, OUTCOMES, STAGES

NAME = "numpy by hand"
PACKAGE = "numpy"
CANNOT = (
    "An array has no missing values: NaN and NaT stand for them in numbers and dates, a code of "
    "-1 in stated fields and a second mask in flags."
)
MOST = 1_000_000

COMPLIANT, LATE, EXEMPT, NOT_APPLICABLE, VIOLATION, UNKNOWN = np.arange(6, dtype=np.uint8)

Array = np.ndarray[Any, np.dtype[Any]]
Rows = dict[str, Any]


class Held(NamedTuple):
    """Where a condition holds and where it does not; neither where it is unknown."""

    true: Array
    false: Array

    def __and__(self, other: Held) -> Held:
        return Held(self.true & other.true, self.false | other.false)

    def __or__(self, other: Held) -> Held:
        return Held(self.true | other.true, self.false & other.false)


def among(codes: Array, pool: tuple[str, ...], values: tuple[str, ...]) -> Held:
    true = np.isin(codes, [pool.index(value) for value in values])
    return Held(true, ~true & (codes >= 0))


def staged_limit(w: Rows, v: int) -> Array:
    field = list(LIMITS)[v]
    limit = LIMITS[field][v]
    applies = among(w["industry"], INDUSTRIES, INDUSTRIES[v : v + 3])
    return np.select(
        [applies.false, applies.true & (w[field] <= limit), applies.true & (w[field] > limit)],
        [NOT_APPLICABLE, COMPLIANT, VIOLATION],
        UNKNOWN,
    )


def closed_lists(w: Rows, v: int) -> Array:
    limit = 10_000 * (v + 1)
    above = Held(w["capacity"] > limit, w["capacity"] <= limit)
    applies = among(w["industry"], INDUSTRIES, INDUSTRIES[v + 1 : v + 3]) & above
    requires = among(w["fuel"], FUELS, (FUELS[v], FUELS[(v + 3) % 4]))
    return np.select(
        [applies.false, applies.true & requires.true, applies.true & requires.false],
        [NOT_APPLICABLE, COMPLIANT, VIOLATION],
        UNKNOWN,
    )


def dated(w: Rows, v: int) -> Array:
    limit = 20_000 * (v + 1)
    today, due = np.datetime64(AS_OF), np.datetime64(STAGES[v])
    large, day = w["capacity"] >= limit, w[EVENTS[v]]
    return np.select(
        [
            w["capacity"] < limit,
            large & (day <= due),
            large & (day <= today),
            large & (day > today),
        ],
        [NOT_APPLICABLE, COMPLIANT, LATE, VIOLATION],
        UNKNOWN,
    )


def six_flags(w: Rows, v: int) -> Array:
    flags = [w[name] for name in FLAGS[v : v + 6]]
    return np.select(
        [
            np.logical_and.reduce([flag.true for flag in flags]),
            np.logical_or.reduce([flag.false for flag in flags]),
        ],
        [COMPLIANT, VIOLATION],
        UNKNOWN,
    )


def exemption(w: Rows, v: int) -> Array:
    applies = among(w["industry"], INDUSTRIES, INDUSTRIES[: v + 4])
    exempt = w["standby"]
    if v >= 2:
        today = np.datetime64(AS_OF)
        exempt = exempt | Held(w["exited_on"] <= today, w["exited_on"] > today)
    return np.select(
        [
            applies.false,
            applies.true & (w["emitted"] <= w["permitted"]),
            applies.true & exempt.true,
            applies.true & exempt.false & (w["emitted"] > w["permitted"]),
        ],
        [NOT_APPLICABLE, COMPLIANT, EXEMPT, VIOLATION],
        UNKNOWN,
    )


def prepare(rows: pl.DataFrame) -> Rows:
    found: Rows = {}
    for column in rows.drop("id"):
        if isinstance(column.dtype, pl.Enum):
            found[column.name] = column.to_physical().cast(pl.Int8).fill_null(-1).to_numpy()
        elif column.dtype == pl.Boolean:
            true = column.fill_null(False).to_numpy()
            found[column.name] = Held(true, (~column).fill_null(False).to_numpy())
        else:
            found[column.name] = column.to_numpy()
    return found


def run(prepared: Rows) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for v in range(4):
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption):
            counts = np.bincount(shape(prepared, v), minlength=len(OUTCOMES)).tolist()
            found[f"bench.rule-{len(found) + 1:02}"] = {
                outcome: count for outcome, count in zip(OUTCOMES, counts, strict=True) if count
            }
    return found
