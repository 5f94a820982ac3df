"""Sums in whole millionths, and their ratios: added exactly, divided once."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from airplan_core.quantities.units import MAX_DECIMALS

#: Whole millionths: a measured value has no finer digit (`units.fit`).
MICRO = 10**MAX_DECIMALS

#: Whole numbers below this are doubles, so that their division rounds once.
_EXACT = 2**53


def micro(value: pl.Expr, ceiling: Decimal | None = None) -> pl.Expr:
    """A measured value, at most `ceiling` where that is known, in whole millionths, exactly.

    A value has at most 15 digits (`units.fit`): the greater it is, the fewer of them are decimals,
    and what a double has beyond them is no part of it. A cast to decimals keeps that part.
    """
    if ceiling is not None and ceiling * MICRO < _EXACT:
        return (value * float(MICRO)).round().cast(pl.Int128)
    whole = value.floor()
    rest = value - whole
    found = (rest * float(MICRO)).round()
    for bound, places in ((1e9, 5), (1e10, 4), (1e11, 3), (1e12, 2)):
        fewer = (rest * 10.0**places).round() * 10.0 ** (MAX_DECIMALS - places)
        found = pl.when(value.abs() >= bound).then(fewer).otherwise(found)
    exact: pl.Expr = whole.cast(pl.Int128) * MICRO + found.cast(pl.Int128)
    return exact


def ratio(above: pl.Expr, below: pl.Expr, decimals: int | None = None) -> pl.Expr:
    """One whole number over another as the nearest double; rounded half to even if asked.

    Numbers too great to be doubles are divided to whole millionths first, so that a ratio that is
    a decimal is that decimal. The division is by a column: polars divides by a constant as it
    multiplies by its reciprocal.
    """
    if decimals is None:
        scaled = above * MICRO
        floor = scaled // below
        rest = (scaled - floor * below).cast(pl.Float64) / below.cast(pl.Float64)
        great = (floor.cast(pl.Float64) + rest) / (below * 0 + MICRO).cast(pl.Float64)
        small = above.cast(pl.Float64) / below.cast(pl.Float64)
        return (
            pl.when(pl.max_horizontal(above.abs(), below.abs()) < _EXACT)
            .then(small)
            .otherwise(great)
        )
    scale = 10**decimals
    scaled = above * scale
    floor = scaled // below
    twice = (scaled - floor * below) * 2
    up = (twice > below) | ((twice == below) & (floor % 2 == 1))
    found: pl.Expr = (floor + up.cast(pl.Int128)).cast(pl.Float64)
    return found / (below * 0 + scale).cast(pl.Float64)  # type: ignore[no-any-return]
