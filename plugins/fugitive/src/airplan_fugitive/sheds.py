"""A shed and its fog cannons: whether their range covers the whole floor, as far as that is sure.

Lengths are whole millionths of a metre, so that a range which just reaches the corner does.
"""

from math import isqrt
from typing import Any

import polars as pl

#: π, as a fraction that is a little above it.
_PI = (3_141_592_653_589_794, 10**15)


def completed(own: pl.DataFrame, _: object) -> tuple[pl.DataFrame, list[str]]:
    """The ledger `material_shed`: what a shed is, whether it is covered, how far the corner is."""
    told = pl.any_horizontal(pl.exclude("id", "enterprise", "kind").is_not_null())
    rows = [_found(row) for row in own.iter_rows(named=True)]
    found = pl.DataFrame(rows, schema={"covers": pl.Boolean, "to_corner": pl.Float64}, orient="row")
    return own.with_columns(
        # a row that says anything of a shed is one
        kind=pl.col("kind").fill_null(pl.when(told).then(pl.lit("物料棚仓", own["kind"].dtype))),
        covers=pl.col("covers").fill_null(found["covers"]),
        to_corner=pl.col("to_corner").fill_null(found["to_corner"]),
    ), []


def _found(row: dict[str, Any]) -> tuple[bool | None, float | None]:
    """Whether a shed is covered, and how far the farthest corner of a cannon's part is."""
    cannons, reach = row["cannons"], row["range"]
    if cannons == 0:
        return False, None  # there is no range that covers anything
    covers = None if row["coverage"] is None else row["coverage"] >= 100
    # nor is a floor that is 0 wide one
    if not (row["length"] and row["width"] and cannons):
        return covers, None
    width, length = sorted(map(_millionths, (row["length"], row["width"])))
    if covers is None and reach is not None:
        covers = _sure(width, length, cannons, _millionths(reach))
    return covers, _corner(width, length, cannons) / 1_000_000


def _millionths(metres: float) -> int:
    return round(metres * 1_000_000)


def _sure(width: int, length: int, cannons: int, reach: int) -> bool | None:
    """Whether cannons cover a floor wherever they stand, or nowhere; None where it depends."""
    diagonal = width**2 + length**2
    if reach**2 >= diagonal:
        return True
    pi, one = _PI
    if cannons * pi * reach**2 < width * length * one or (cannons == 1 and 4 * reach**2 < diagonal):
        return False
    return None


def _corner(width: int, length: int, cannons: int) -> int:
    """The least range with which cannons along the middle reach the corners of their parts."""
    squared = length**2 + (cannons * width) ** 2
    root = isqrt(squared)
    root += root**2 < squared
    return -(-root // (2 * cannons))
