"""The composite index of ambient air, and the ranking of places by it.

The index is the sum over six pollutants of concentration over limit: the period's means of SO₂,
NO₂, PM₁₀ and PM₂.₅ over their annual limits, the 95th percentile of daily CO over its daily limit
and the 90th percentile of daily O₃ 8 h maxima over theirs (GB 3095, class 2). Quotients are not
rounded; their sum is, to two decimals, half to even (GB/T 8170).
"""

import datetime as dt
from fractions import Fraction
from math import lcm
from typing import Any

import polars as pl

from airplan_ambient.numbers import widened
from airplan_ambient.standards import Standard, standard_of
from airplan_core import ratio

#: What the index is made of, and which limits it is held against.
PARTS = {
    "so2": "year",
    "no2": "year",
    "pm10": "year",
    "pm25": "year",
    "co_p95": "day",
    "o3_p90": "day",
}

_MICRO = 1_000_000


def divisors(standard: Standard) -> dict[str, Fraction]:
    """The limit each part of the index is divided by (µg/m³; CO mg/m³)."""
    limits = {"year": standard.class_2.year, "day": standard.class_2.day}
    return {part: Fraction(limits[span][part.partition("_")[0]]) for part, span in PARTS.items()}


def composite_index(frame: pl.DataFrame, day: dt.date) -> pl.Series:
    """The composite index of every row, null where a part of it is missing.

    Args:
        frame: the columns of `PARTS` (µg/m³; CO mg/m³), of a month, quarter or year.
        day: the last day of the period, which decides the edition of GB 3095.

    Raises:
        ValueError: a concentration is NaN or no number.
    """
    limits = divisors(standard_of(day))
    # every divisor is whole; over their least common multiple the sum is one exact integer
    common = lcm(*(int(limit) for limit in limits.values()))
    above: Any = pl.lit(0, pl.Int128)
    for part, limit in limits.items():
        micro = (pl.col(part) * _MICRO).round().cast(pl.Int128)
        above = above + micro * (common // int(limit))
    below = above * 0 + common * _MICRO
    return widened(frame.select(list(PARTS))).select(index=ratio(above, below, 2)).to_series()


def rank(values: pl.Series, *, ties: str = "shared", without_data: str = "last") -> pl.Series:
    """The rank of every value, the least first; equal values share one, and the next is skipped.

    Args:
        values: of all the places of one list.
        ties: `shared`, the first of the ranks that equal values take up; or `last` of them.
        without_data: null values are ranked `last`, all alike and nobody behind them, or
            `left-out` (a null rank).

    Raises:
        ValueError: a value is NaN or no number.
    """
    values = widened(values.to_frame()).to_series()
    found = values.rank("min" if ties == "shared" else "max").cast(pl.Int64)
    if without_data == "last":
        found = found.fill_null(values.len())
    return found
