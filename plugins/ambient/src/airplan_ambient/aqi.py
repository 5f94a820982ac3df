"""HJ 633 over columns: from concentrations to IAQI, AQI, primary pollutants and categories.

Reported concentrations are whole (CO: tenths), so a table made once in exact fractions and a
gather are both the right answer and the fast one; finer concentrations are computed in integers.
"""

import datetime as dt
import functools
import math
import operator
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import polars as pl

from airplan_ambient.breakpoints import (
    CATEGORIES,
    EDITIONS,
    LEVELS,
    O3_8H,
    O3_HOUR,
    SO2_DAY,
    SO2_HOUR,
    Edition,
    Item,
)
from airplan_ambient.numbers import widened
from airplan_core import MAX_DECIMALS, ratio

#: How an index becomes whole: the standard rounds up (6.2: 全部进位取整数); some city platforms
#: publish half up.
Rounding: TypeAlias = Literal["up", "half-up"]

#: Where one averaging time has no index, another one's is used (2012, notes 2 and 3).
INSTEAD = {O3_8H: O3_HOUR, SO2_HOUR: SO2_DAY}

_MICRO = 10**MAX_DECIMALS
_NONE = pl.lit(0, pl.UInt8)
#: How many places a table of indices is prolonged to.
_ROOM = 1 << 14


def whole(index: Fraction, rounding: Rounding) -> int:
    """An exact index as a whole number."""
    return math.ceil(index) if rounding == "up" else math.floor(index + Fraction(1, 2))


@functools.cache
def table(edition: Edition, item: Item, rounding: Rounding = "up") -> pl.Series:
    """The index of every reported concentration, in its last digit, as UInt16.

    Null where the item has no index so high; the last value stands for everything above.
    """
    scale, limits = 10**item.decimals, edition.breakpoints[item.id]
    found: list[int | None] = []
    for (low, high), (first, last) in zip(pairwise(limits), pairwise(LEVELS), strict=False):
        # between two breakpoints the index is (a + b n) / below, in whole numbers
        slope = Fraction(last - first) / ((high - low) * scale)
        base = first - slope * low * scale
        below = math.lcm(slope.denominator, base.denominator)
        a, b = int(base * below), int(slope * below)
        numbers = range(len(found), int(high * scale) + 1)
        if rounding == "up":
            found += [-(-(a + b * n) // below) for n in numbers]
        else:
            found += [(2 * (a + b * n) + below) // (2 * below) for n in numbers]
    return pl.Series([*found, edition.above[item.id]], dtype=pl.UInt16)


@functools.cache
def _padded(edition: Edition, item: Item, rounding: Rounding) -> pl.Expr:
    """The table, prolonged so that few concentrations need to be clipped to it."""
    found = table(edition, item, rounding)
    return pl.lit(found.extend_constant(found[-1], _ROOM - len(found)))


def iaqi(
    concentrations: pl.Series, item: Item, edition: Edition, rounding: Rounding = "up"
) -> pl.Series:
    """The individual index of every concentration (µg/m³; CO mg/m³).

    Null where the concentration is, and where the item has no index so high.

    Raises:
        ValueError: a concentration is negative, NaN or no number.
    """
    frame = widened(concentrations.alias(item.id).to_frame())
    return _indices(frame, {item.id: item}, edition, rounding)[item.id]


def _indices(
    frame: pl.DataFrame, items: Mapping[str, Item], edition: Edition, rounding: Rounding
) -> pl.DataFrame:
    """The individual indices of every column, by the table where all of it is on its grid."""
    looks: list[pl.Expr] = []
    for name, item in items.items():
        value = pl.col(name)
        looks += [value.min().alias(f"{name}.min"), value.max().alias(f"{name}.max")]
        if not frame.schema[name].is_integer():
            # a value has at most six decimals: what is off the grid is off by 0.000001 at least
            off = value * 10 - (value * 10).round() if item.decimals else value - value.floor()
            on_grid = off.abs().max() < 1e-7 if item.decimals else (off == 0).all()
            looks.append(on_grid.alias(f"{name}.grid"))
    seen = frame.select(looks).row(0, named=True)
    found = {}
    for name, item in items.items():
        lowest, highest = seen[f"{name}.min"], seen[f"{name}.max"]
        if lowest is not None and lowest < 0:
            raise ValueError(f"{name}: a concentration is not negative; read {lowest}")
        off_grid = seen.get(f"{name}.grid") is False
        if off_grid and not edition.rounds_input:
            found[name] = _exactly(pl.col(name), item, edition, rounding)
            continue
        place = reported(pl.col(name), item) if off_grid else pl.col(name)
        if item.decimals:
            place = (place * 10).round() if f"{name}.grid" in seen else place * 10
        if highest is not None and highest * 10**item.decimals >= _ROOM - 1:
            place = place.clip(upper_bound=_ROOM - 1)
        found[name] = _padded(edition, item, rounding).gather(
            # that every value has a place is known: it need not be looked for again
            place.cast(pl.UInt16, wrap_numerical=True)
        )
    return frame.select(**found)


def reported(value: pl.Expr, item: Item) -> pl.Expr:
    """A concentration at the precision it is reported with, rounded half to even (GB/T 8170)."""
    micro = (value.cast(pl.Decimal(38, MAX_DECIMALS)) * _MICRO).cast(pl.Int128)
    return ratio(micro, micro * 0 + _MICRO, item.decimals)


def _exactly(value: pl.Expr, item: Item, edition: Edition, rounding: Rounding) -> pl.Expr:
    """The index by whole millionths: between two breakpoints, one division of integers."""
    micro = (value.cast(pl.Decimal(38, MAX_DECIMALS)) * _MICRO).cast(pl.Int64)
    limits = edition.breakpoints[item.id]
    found: Any = pl.lit(edition.above[item.id], pl.UInt16)
    for place, (low, high) in reversed(list(enumerate(pairwise(limits)))):
        step, width = LEVELS[place + 1] - LEVELS[place], int((high - low) * _MICRO)
        above = (micro - int(low * _MICRO)) * step
        over = above + (width - 1) if rounding == "up" else above * 2 + width
        index = LEVELS[place] + over // (width if rounding == "up" else 2 * width)
        found = pl.when(micro <= int(high * _MICRO)).then(index.cast(pl.UInt16)).otherwise(found)
    return pl.when(value.is_not_null()).then(found)


def air_quality_index(
    frame: pl.DataFrame,
    items: Mapping[str, Item],
    edition: Edition,
    rounding: Rounding = "up",
    *,
    counting: Sequence[str] | None = None,
    each: bool = False,
) -> pl.DataFrame:
    """The air quality index of every row.

    Args:
        frame: a table of concentrations (µg/m³; CO mg/m³).
        items: for each of its columns the item it is; those of `INSTEAD` may be among them.
        edition: of HJ 633.
        rounding: of the individual indices.
        counting: which of the columns have an index of their own; the others only stand in for
            one that has none so high. All that stand in for no other, if not given.
        each: return the individual indices too, under the columns' names.

    Returns:
        `aqi`, null where a pollutant is missing, unless the others make it (2026, 5.3.1);
        `aqi_at_least`, what the pollutants that are there make it; `primary`, a UInt8 of bits, in
        the order of `counting`, of every pollutant with the greatest index where that is above 50
        (`primary_names` spells them).

    Raises:
        ValueError: a concentration is negative, NaN or no number.
    """
    frame = widened(frame.select(list(items)))
    used = leading(items) if counting is None else {name: items[name] for name in counting}
    known = _indices(frame, used, edition, rounding)
    least = known
    for name, item in used.items():
        if edition.above[item.id] is None and known[name].null_count() > frame[name].null_count():
            found, floor = _above(frame, name, item, items, edition, rounding, known[name])
            known, least = known.with_columns(found), least.with_columns(floor)
    greatest = least.select(aqi_at_least=pl.max_horizontal(pl.all()))
    aqi = pl.col("aqi_at_least")
    if any(series.null_count() for series in known):
        there = pl.all_horizontal(pl.col(name).is_not_null() for name in used)
        if edition.others_above is not None:
            there |= aqi > edition.others_above
        aqi = pl.when(there).then(aqi)
    known = known.hstack(greatest).with_columns(aqi=aqi)
    bits = (
        pl.when(pl.col(name) == pl.col("aqi")).then(pl.lit(1 << place, pl.UInt8)).otherwise(_NONE)
        for place, name in enumerate(used)
    )
    primary = functools.reduce(operator.add, bits)
    return known.select(
        *(list(used) if each else ()),
        "aqi",
        "aqi_at_least",
        primary=pl.when(pl.col("aqi") > LEVELS[1]).then(primary),
    )


def leading(items: Mapping[str, Item]) -> dict[str, Item]:
    """The items that have an index of their own, without those that only stand in for one."""
    stand_ins = {instead for item, instead in INSTEAD.items() if item in items.values()}
    return {name: item for name, item in items.items() if item not in stand_ins}


def _above(
    frame: pl.DataFrame,
    name: str,
    item: Item,
    items: Mapping[str, Item],
    edition: Edition,
    rounding: Rounding,
    found: pl.Series,
) -> tuple[pl.Series, pl.Series]:
    """An item's index, and the least it can be, where it has none above the table's top."""
    lacking = found.is_null() & frame[name].is_not_null()
    for other, instead in items.items():
        if instead is INSTEAD[item]:
            found = found.zip_with(~lacking, iaqi(frame[other], instead, edition, rounding))
    last = LEVELS[len(edition.breakpoints[item.id]) - 1]
    open_ = found.is_null() & lacking
    return found, found.zip_with(~open_, pl.Series([last], dtype=pl.UInt16))


def primary_names(bits: pl.Series, items: Sequence[Item]) -> pl.Series:
    """The pollutants of `primary`, as platforms print them: `PM10+PM2.5`; null where none is."""
    names = [
        "+".join(sorted(item.pollutant for place, item in enumerate(items) if number >> place & 1))
        for number in range(1 << len(items))
    ]
    spelled = pl.Series(names).set(pl.Series(names) == "", None)
    found = bits.to_frame("bits").select(pl.lit(spelled).gather("bits").alias("primary"))
    return found.to_series()


def categories(aqi: pl.Series, lang: str = "zh") -> pl.Series:
    """The category of every index, from 优 or excellent to 严重污染 or severely polluted."""
    names = [getattr(category, lang) for category in CATEGORIES]
    found: Any = pl.lit(names[-1])
    for category, name in reversed(list(zip(CATEGORIES[:-1], names[:-1], strict=True))):
        found = pl.when(pl.col("aqi") <= category.up_to).then(pl.lit(name)).otherwise(found)
    shown = widened(aqi.alias("aqi").to_frame()).select(
        pl.when(pl.col("aqi").is_not_null()).then(found)
    )
    return shown.to_series().cast(pl.Enum(names))


def by_edition(days: pl.Series) -> list[tuple[Edition, pl.Series]]:
    """For each edition of HJ 633 in force on any of `days`, which of them it is held against."""
    found, after = [], dt.date.max
    for edition in EDITIONS:
        kept = days.is_between(edition.begins, after, closed="left").fill_null(value=False)
        if kept.any():
            found.append((edition, kept))
        after = edition.begins
    return found
