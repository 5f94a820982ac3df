"""Counts, sums, shares and substitutions over rows that are alike: an interval for each subject.

A row of which something is unknown is taken as what makes the number least, and as what makes it
greatest; so is every row that a running period may still bring.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from airplan_core.metric import Aggregate, Change
from airplan_core.ratios import MICRO, ratio

_AMONG, _COUNTS, _INSTEAD = pl.col("among"), pl.col("counts"), pl.col("instead")
_AMOUNT, _ROWS, _BLANK = pl.col("amount"), pl.col("rows"), pl.col("blank")

#: The greatest double below 100, and the least above 0: an end that is approached, not reached.
_BELOW_100, _ABOVE_0 = 99.99999999999999, 5e-324


def _yes(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False)


def _maybe(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=True)


def _sum(amount: pl.Expr, of: pl.Expr) -> pl.Expr:
    return amount.filter(of).sum()


def _scale(metric: Aggregate) -> int:
    """How many of the amount's whole numbers are one of the metric's unit."""
    return 1 if metric.measure_of is None else MICRO


def total(metric: Aggregate, alike: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """A count or a sum: what is known is the lower end; the period's end closes the upper one."""
    sure, maybe = _yes(_AMONG & _COUNTS), _maybe(_AMONG & _COUNTS)
    found = alike.group_by("id", maintain_order=True).agg(
        low=_sum(_AMOUNT, sure),
        high=_sum(_AMOUNT, maybe),
        blank=_sum(_BLANK, maybe),
        known=_sum(_ROWS - _BLANK, sure).cast(pl.Int64),
        possible=_sum(_ROWS, maybe).cast(pl.Int64),
    )
    scale = pl.lit(_scale(metric), pl.Int128)
    low, high = (ratio(pl.col(end), pl.col(end) * 0 + scale, metric.decimals)
                 for end in ("low", "high"))  # fmt: skip
    return found.with_columns(
        value=low,
        lo=low,
        hi=pl.when((pl.col("blank") == 0) & over).then(high),
        gaps=pl.lit(""),
    )


def share(metric: Aggregate, alike: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """A percentage: the rows that count, of those they are among, by number or by weight."""
    found = _shared(alike, over=over)
    return found.select(
        "id",
        *_ends(metric, found),
        "known",
        "possible",
        gaps=pl.when(pl.col("known") + pl.col("possible") == 0)
        .then(pl.lit("0"))
        .otherwise(pl.lit("")),
        part=pl.col("yes") / _scale(metric),
        total=(pl.col("yes") + pl.col("no")) / _scale(metric),
    )


def _shared(alike: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """The least, known and greatest share of each subject, each as a numerator and its whole."""
    yes, no = _yes(_AMONG & _COUNTS), _yes(_AMONG & ~_COUNTS)
    maybe_yes, maybe_no = _maybe(_AMONG & _COUNTS), _maybe(_AMONG & ~_COUNTS)
    sums = alike.group_by("id", maintain_order=True).agg(
        yes=_sum(_AMOUNT, yes),
        no=_sum(_AMOUNT, no),
        most_yes=_sum(_AMOUNT, maybe_yes),
        most_no=_sum(_AMOUNT, maybe_no),
        # a row of unknown weight may outweigh all the others
        heavy_yes=_sum(_BLANK, maybe_yes) > 0,
        heavy_no=_sum(_BLANK, maybe_no) > 0,
        known=_sum(_ROWS - _BLANK, yes | no).cast(pl.Int64),
        possible=_ROWS.sum().cast(pl.Int64),
    )
    none = pl.col("yes") + pl.col("no") == 0
    least = (pl.col("yes") == 0) | pl.col("heavy_no") | (not over)
    most = (pl.col("no") == 0) | pl.col("heavy_yes") | (not over)
    nothing = pl.lit(None, pl.Int128)
    return sums.with_columns(
        value_above=pl.when(~none).then(100 * pl.col("yes")).otherwise(nothing),
        value_below=pl.col("yes") + pl.col("no"),
        lo_above=pl.when(least).then(0).otherwise(100 * pl.col("yes")),
        lo_below=pl.when(least).then(1).otherwise(pl.col("yes") + pl.col("most_no")),
        hi_above=pl.when(most).then(100).otherwise(100 * pl.col("most_yes")),
        hi_below=pl.when(most).then(1).otherwise(pl.col("most_yes") + pl.col("no")),
        # what a running period still brings cannot undo what is there
        never_0=(pl.col("yes") > 0) & (not over),
        never_100=(pl.col("no") > 0) & (not over),
    )


def _ends(metric: Aggregate, found: pl.DataFrame) -> list[pl.Expr]:
    value, low, high = (
        ratio(pl.col(f"{end}_above"), pl.col(f"{end}_below"), metric.decimals)
        for end in ("value", "lo", "hi")
    )
    if metric.decimals is None:
        low = pl.when("never_0").then(pl.max_horizontal(low, _ABOVE_0)).otherwise(low)
        high = pl.when("never_100").then(pl.min_horizontal(high, _BELOW_100)).otherwise(high)
    return [low.alias("lo"), high.alias("hi"), value.alias("value")]


def change(metric: Change, now: pl.DataFrame, then: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """By how many percentage points the share has fallen since the baseline, or risen."""
    before, after = _shared(then, over=True), _shared(now, over=over)
    first, second = (before, after) if metric.falls else (after, before)
    both = first.join(
        second, on="id", how="full", coalesce=True, suffix=" less", maintain_order="left"
    )
    found = {}
    for end, other in (("value", "value"), ("lo", "hi"), ("hi", "lo")):
        above = pl.col(f"{end}_above") * pl.col(f"{other}_below less") - pl.col(
            f"{other}_above less"
        ) * pl.col(f"{end}_below")
        below = pl.col(f"{end}_below") * pl.col(f"{other}_below less")
        found[end] = ratio(above, below, metric.decimals)
    return both.select(
        "id",
        value=found["value"],
        # a share that is not there may be anything
        lo=found["lo"].fill_null(-100.0),
        hi=found["hi"].fill_null(100.0),
        known=pl.sum_horizontal(pl.col("known", "known less")),
        possible=pl.sum_horizontal(pl.col("possible", "possible less")),
        gaps=pl.when(pl.col("value_above").is_null() | pl.col("value_above less").is_null())
        .then(pl.lit("0"))
        .otherwise(pl.lit("")),
    )


def substitution(metric: Aggregate, alike: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """替代比例: how much of what one way falls short by another way carries; 100 % at most.

    With N the amount of the substitutes, C that of what they stand in for and W the whole, it is
    N ÷ (up_to × W − C). It grows with N and C and shrinks with W.
    """
    could_either = _maybe(_COUNTS) | _maybe(_INSTEAD)
    could_neither = ~_yes(_COUNTS) & ~_yes(_INSTEAD)
    fills, clean = _yes(_COUNTS) & ~_maybe(_INSTEAD), _yes(_INSTEAD)
    sure = _yes(_AMONG)
    known = sure & (clean | (~_maybe(_INSTEAD) & _COUNTS.is_not_null()))
    worst_in = could_neither | sure
    best_in = could_either | sure
    best_fills = _maybe(_COUNTS) & ~_yes(_INSTEAD)
    sums = alike.group_by("id", maintain_order=True).agg(
        value_n=_sum(_AMOUNT, known & fills),
        value_c=_sum(_AMOUNT, known & clean),
        value_w=_sum(_AMOUNT, known),
        lo_n=_sum(_AMOUNT, sure & fills),
        lo_c=_sum(_AMOUNT, sure & ~could_neither & ~fills),
        lo_w=_sum(_AMOUNT, worst_in),
        hi_n=_sum(_AMOUNT, best_fills),
        hi_c=_sum(_AMOUNT, ~best_fills & _maybe(_INSTEAD)),
        hi_w=_sum(_AMOUNT, best_in),
        heavy_no=_sum(_BLANK, could_neither) > 0,
        heavy_yes=_sum(_BLANK, could_either) > 0,
        known=_sum(_ROWS - _BLANK, known).cast(pl.Int64),
        possible=_ROWS.sum().cast(pl.Int64),
    )
    top = int(metric.target * 100)
    found = {}
    for end in ("value", "lo", "hi"):
        n, c, w = (pl.col(f"{end}_{part}") for part in "ncw")
        gap = top * w - 10_000 * c  # in ten-thousandths
        filled = n * 10_000 >= gap
        safe = pl.when(filled).then(1).otherwise(gap)
        found[end] = ratio(
            pl.when(filled).then(100).otherwise(n * 1_000_000), safe, metric.decimals
        )
    scale = _scale(metric)
    return sums.select(
        "id",
        value=pl.when(pl.col("value_w") > 0).then(found["value"]),
        lo=pl.when(pl.col("heavy_no") | (not over)).then(0.0).otherwise(found["lo"]),
        hi=pl.when(pl.col("heavy_yes") | (not over)).then(100.0).otherwise(found["hi"]),
        known="known",
        possible="possible",
        gaps=pl.lit(""),
        part=pl.col("value_n") / scale,
        total=pl.max_horizontal(top * pl.col("value_w") - 10_000 * pl.col("value_c"), 0)
        / (10_000 * scale),
    )


def nothing(metric: Any, *, over: bool) -> dict[str, Any]:
    """What is known of a subject without a single row."""
    if isinstance(metric, Change):
        return {"lo": -100.0, "hi": 100.0, "known": 0, "possible": 0, "gaps": "0"}
    if metric.how in ("share", "substitution"):
        return {"lo": 0.0, "hi": 100.0, "known": 0, "possible": 0, "gaps": "0"}
    if metric.observed:
        return {"lo": 0.0, "known": 0, "possible": 0, "gaps": "0"}
    return {"lo": 0.0, "hi": 0.0 if over else None, "value": 0.0, "known": 0, "possible": 0,
            "gaps": ""}  # fmt: skip


def none(metric: Aggregate, ids: pl.Series, *, over: bool) -> pl.DataFrame:
    """Subjects that are observed, and have nothing that could be among the whole."""
    share = metric.how in ("share", "substitution")
    return (
        ids.alias("id")
        .to_frame()
        .select(
            "id",
            value=pl.lit(None if share else 0.0, pl.Float64),
            lo=pl.lit(100.0 if share and over else 0.0),
            hi=pl.lit(100.0 if share else 0.0 if over else None, pl.Float64),
            known=pl.lit(0, pl.Int64),
            possible=pl.lit(0, pl.Int64),
            gaps=pl.lit(""),
        )
    )
