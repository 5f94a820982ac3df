"""Statistics of a ledger with a row a day: what the days that are missing can still change.

Completeness (HJ 663, GB 3095) says how many days there must be before a statistic is valid.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from airplan_core.model.metric import Aggregate
from airplan_core.model.period import Period
from airplan_core.quantities.millionths import MICRO, micro, ratio
from airplan_core.readers.polars import condition


def held(metric: Aggregate, table: pl.LazyFrame, period: Period, as_of: dt.date) -> pl.LazyFrame:
    """The rows of the period so far, or that may be of it.

    `day`; `among` and `counts`, nullable Booleans; the value in whole millionths (`micro`).
    """
    assert metric.on is not None
    day = pl.col(metric.on.name)
    inside = day.is_between(period.begins, min(period.ends, as_of))
    value = pl.lit(1.0) if metric.measure_of is None else pl.col(metric.measure_of.name)
    return table.select(
        id=pl.col(metric.of.name),
        day=day,
        among=inside & condition(metric.among, as_of),
        counts=condition(metric.where, as_of),
        micro=micro(value.cast(pl.Float64)),
    ).filter(pl.col("among").fill_null(value=True))


_sure = (pl.col("among") & pl.col("counts") & pl.col("micro").is_not_null()).fill_null(value=False)
_out = (~pl.col("counts") | ~pl.col("among")).fill_null(value=False)


def count_of_days(held: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """A count of days: every day of the period that is not there yet may be one more of them."""
    seen = _sure | (_out & pl.col("among")).fill_null(value=False)
    return held.group_by("id").agg(
        value=_sure.sum().cast(pl.Float64),
        known=seen.sum().cast(pl.Int64),
    ).with_columns(
        lo=pl.col("value"),
        hi=pl.col("value") + period.days - pl.col("known"),
        possible=pl.lit(period.days, pl.Int64),
        gaps=pl.lit(""),
    )  # fmt: skip


def statistic_of_days(
    metric: Aggregate, held: pl.LazyFrame, period: Period, *, over: bool
) -> pl.LazyFrame:
    """A mean or percentile of daily values: a point once the period is over and valid.

    Else it is bounded from below: a concentration is never negative, so that the days without a
    value are at least zeros. The days that `where` leaves out are in neither.
    """
    left_out = (_out & pl.col("among")).fill_null(value=False)
    found = held.group_by("id").agg(
        known=_sure.sum().cast(pl.Int64),
        out=left_out.sum().cast(pl.Int64),
        sorted=pl.col("micro").filter(_sure).sort(),
        total=pl.col("micro").filter(_sure).sum(),
    )
    found = _with_gaps(found, metric, held, _sure | left_out, period, over=over)
    found = found.with_columns(
        possible=pl.lit(period.days, pl.Int64) - pl.col("out"),
        none=pl.col("known") == 0,
    ).with_columns(pl.max_horizontal("possible", "known").alias("possible"))
    if metric.how == "mean":
        above = least_above = pl.col("total")
        below, least_below = (pl.col(n) * MICRO for n in ("known", "possible"))
    else:
        assert metric.p is not None
        zeros = pl.col("possible") - pl.col("known")
        above = _percentile(metric.p, pl.col("known"), pl.lit(0))
        least_above = _percentile(metric.p, pl.col("possible"), zeros)
        below = least_below = pl.col("known") * 0 + 100 * MICRO
    found = found.with_columns(
        above=above, below=below, least_above=least_above, least_below=least_below
    )
    value = ratio(pl.col("above"), pl.col("below"), metric.decimals)
    least = ratio(pl.col("least_above"), pl.col("least_below"), metric.decimals)
    valid = (pl.col("gaps") == "") & over
    return found.with_columns(
        value=pl.when(~pl.col("none")).then(value),
        lo=pl.when("none").then(0.0).when(valid).then(value).otherwise(least),
        hi=pl.when(valid & ~pl.col("none")).then(value),
    )


def _percentile(p: int, n: pl.Expr, zeros: pl.Expr) -> pl.Expr:
    """The percentile of `sorted` values below which `zeros` stand, n in all: k = 1 + (n - 1) p.

    Between two values it is interpolated (HJ 663), exactly: the weights are hundredths, and so is
    what is returned.
    """
    last = pl.max_horizontal(n - 1, 0) * p
    place, weight = last // 100 - zeros, last % 100
    at = pl.col("sorted").list.get
    low = pl.when(place >= 0).then(at(pl.max_horizontal(place, 0), null_on_oob=True)).otherwise(0)
    above = place + 1
    high = pl.when(above >= 0).then(at(pl.max_horizontal(above, 0), null_on_oob=True)).otherwise(0)
    high = pl.when(weight > 0).then(high).otherwise(0)
    found: pl.Expr = low * (100 - weight) + high * weight
    return found


def share_of_days(
    metric: Aggregate, held: pl.LazyFrame, period: Period, *, over: bool
) -> pl.LazyFrame:
    """A percentage of days: those that count, of those they are among, by number or by weight.

    An undecided row is taken as what makes the share least, and as what makes it greatest; a day
    of a daily ledger that is not there, likewise. Once a period is over and its data are valid,
    the days without data are left out.
    """
    sure, weight = pl.col("among").fill_null(value=False), pl.col("micro")
    yes, no = pl.col("counts").fill_null(value=False), (~pl.col("counts")).fill_null(value=False)
    known = sure & (yes | no) & weight.is_not_null()
    within = held.group_by("id").agg(
        yes=weight.filter(sure & yes).sum(),
        no=weight.filter(sure & no).sum(),
        maybe_yes=weight.filter(~no & ~(sure & yes)).sum(),
        maybe_no=weight.filter(~yes & ~(sure & no)).sum(),
        # a row of unknown weight may outweigh all the others
        heavy_yes=(weight.is_null() & ~no).any(),
        heavy_no=(weight.is_null() & ~yes).any(),
        known=known.sum().cast(pl.Int64),
        rows=pl.len().cast(pl.Int64),
    )
    found = _with_gaps(within, metric, held, known, period, over=over)
    assert metric.complete is not None
    possible = pl.lit(period.days, pl.Int64)
    days = pl.max_horizontal(possible - pl.col("rows"), 0) * MICRO
    yes, no = pl.col("yes"), pl.col("no")
    found = found.with_columns(both=yes + no, best=yes + pl.col("maybe_yes") + days).with_columns(
        worst_below=pl.col("both") + pl.col("maybe_no") + days, best_below=pl.col("best") + no
    )
    value = ratio(100 * yes, pl.col("both"), metric.decimals)
    low = ratio(100 * yes, pl.col("worst_below"), metric.decimals)
    high = ratio(100 * pl.col("best"), pl.col("best_below"), metric.decimals)
    none = pl.col("yes") + pl.col("no") == 0
    valid = pl.lit(value=False)
    if over and metric.complete.leaves_out:
        valid = (pl.col("gaps") == "") & ~none
    least = pl.when(pl.col("heavy_no") | (pl.col("yes") == 0)).then(0.0).otherwise(low)
    most = pl.when(pl.col("heavy_yes") | (pl.col("no") == 0)).then(100.0).otherwise(high)
    return found.with_columns(
        value=pl.when(~none).then(value),
        lo=pl.when(valid).then(value).otherwise(least),
        hi=pl.when(valid).then(value).otherwise(most),
        possible=possible,
        part=pl.col("yes") / MICRO,
        total=(pl.col("yes") + pl.col("no")) / MICRO,
    )


def _with_gaps(
    found: pl.LazyFrame,
    metric: Aggregate,
    held: pl.LazyFrame,
    known: pl.Expr,
    period: Period,
    *,
    over: bool,
) -> pl.LazyFrame:
    """With `gaps`; while the period runs, what is not there yet is none."""
    if not over:
        return found.with_columns(gaps=pl.lit(""))
    return found.join(_gaps(metric, held, known, period), on="id", how="left")


def _gaps(metric: Aggregate, held: pl.LazyFrame, known: pl.Expr, period: Period) -> pl.LazyFrame:
    """Which months, and whether the whole period, have too few values to be valid."""
    every = pl.col("day").is_not_null()
    complete = metric.complete
    least: list[tuple[str, Any, int]] = [("", every, period.days)]
    if complete is not None:
        least = [("", every, complete.least(period))]
        for year, month, length in period.months():
            first, last = dt.date(year, month, 1), dt.date(year, month, length)
            need = complete.february if month == 2 else complete.month
            least.append((f"{year}-{month:02}: ", pl.col("day").is_between(first, last), need))
    counts = (
        held.with_columns(here=known)
        .group_by("id")
        .agg(
            (inside & pl.col("here")).sum().alias(str(place))
            for place, (_, inside, _) in enumerate(least)
        )
    )
    return counts.select(
        "id",
        gaps=pl.concat_list(
            pl.when(pl.col(str(place)) < need).then(
                pl.format(f"{name}{{}} < {need}", pl.col(str(place)))
            )
            for place, (name, _, need) in enumerate(least)
        )
        .list.drop_nulls()
        .list.join("; "),
    )
