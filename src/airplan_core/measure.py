"""A metric over a table of rows: for each subject the interval it lies in, and what it rests on.

The statistic of what is known is the `value`; `lo` and `hi` enclose what it can still become, by
the day of assessment, through missing cells and days to come. A null end is unbounded.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from airplan_core.backends.polars import Days, condition
from airplan_core.metric import Completeness, Metric, Period
from airplan_core.units import MAX_DECIMALS

#: What `measure` attaches for each metric, after its name and a dot.
PARTS = ("lo", "hi", "value", "known", "possible", "gaps")


def measure(
    metric: Metric, rows: pl.DataFrame, subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """The metric of every subject on `as_of`.

    Args:
        metric: with its period set.
        rows: the ledger it is computed from, with what `metric.where` reads attached.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.

    Returns:
        One row a subject: `id`, then `NAME.lo`, `.hi`, `.value`, in the metric's unit; `.known`
        and `.possible`, how many values there are and could be; `.gaps`, why a period that is
        over is not valid.
    """
    period = metric.period
    assert period is not None, "a metric is measured over a period"
    over = as_of >= period.ends
    day = pl.col(metric.on.name)
    counted = condition(metric.where, Days(as_of, as_of))
    inside = day.is_between(period.begins, min(period.ends, as_of)) & counted
    value = pl.col(metric.measure_of.name) if metric.measure_of is not None else pl.lit(1.0)
    held = (
        rows.select(id=pl.col(metric.of.name), day=day, value=value.cast(pl.Float64), inside=inside)
        .filter(pl.col("inside").fill_null(value=True))
        .with_columns(sure=pl.col("inside") & pl.col("value").is_not_null())
    )
    if metric.how == "mean":
        found = _mean(held, metric.complete, period, over=over)
    else:
        found = _total(held, over=over)
        if metric.complete is not None:
            found = _of_days(found, rows, metric, inside, period, as_of)
    # a row that may belong to any subject leaves every subject's upper end open
    if held["id"].null_count():
        found = found.with_columns(hi=pl.lit(None, pl.Float64))
    joined = subjects.alias("id").to_frame().join(found, on="id", how="left", maintain_order="left")
    nothing = _nothing(metric, period, over=over)
    return joined.select(
        "id",
        *(
            pl.when(pl.col("rows").is_null())
            .then(pl.lit(nothing[part], joined.schema[part]))
            .otherwise(part)
            .alias(f"{metric.name}.{part}")
            for part in PARTS
        ),
    )


def _total(held: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """Counts and sums: what is known is the lower end; the period's end closes the upper one."""
    exact = pl.col("value").filter("sure").cast(pl.Decimal(38, MAX_DECIMALS)).sum()
    unsure = (~pl.col("sure")).fill_null(value=True).sum()
    return (
        held.group_by("id")
        .agg(rows=pl.len(), value=exact.cast(pl.Float64), known=pl.col("sure").sum(), open=unsure)
        .with_columns(
            lo=pl.col("value"),
            hi=pl.when((pl.col("open") == 0) & over).then("value"),
            possible=pl.col("known") + pl.col("open"),
            gaps=pl.lit(""),
        )
    )


def _of_days(
    found: pl.DataFrame,
    rows: pl.DataFrame,
    metric: Metric,
    inside: pl.Expr,
    period: Period,
    as_of: dt.date,
) -> pl.DataFrame:
    """A count of days: every day of the period that is not there yet may be one more of them."""
    seen = rows.filter(inside.is_not_null()).select(
        id=metric.of.name,
        seen=pl.col(metric.on.name).is_between(period.begins, min(period.ends, as_of)),
    )
    days = seen.group_by("id").agg(seen=pl.col("seen").sum())
    return (
        days.join(found, on="id", how="left")
        .with_columns(pl.col("rows", "value", "known").fill_null(0))
        .with_columns(
            lo=pl.col("value"),
            hi=pl.col("value") + period.days - pl.col("seen"),
            known="seen",
            possible=pl.lit(period.days),
            gaps=pl.lit(""),
        )
    )


def _mean(
    held: pl.DataFrame, complete: Completeness | None, period: Period, *, over: bool
) -> pl.DataFrame:
    """A mean of daily values: a point once the period is over and valid, else bounded from below.

    A concentration is never negative, so that the days without a value can only add to the sum:
    the sum of what is known over all the days of the period is the least the mean can become.
    """
    known = held.filter("sure")
    micro = 10**MAX_DECIMALS
    total = (pl.col("value").cast(pl.Decimal(38, MAX_DECIMALS)).sum() * micro).cast(pl.Int128)
    found = known.group_by("id").agg(rows=pl.len(), total=total, known=pl.len().cast(pl.Int64))
    gaps = _gaps(known, complete, period)
    found = found.join(gaps, on="id", how="left").with_columns(pl.col("gaps").fill_null(""))
    # one division of whole numbers, so that the mean is the double nearest to the exact one; by a
    # column, since polars divides by a constant as it multiplies by its reciprocal
    found = found.with_columns(possible=pl.col("known") * 0 + period.days)
    whole = pl.col("total").cast(pl.Float64)
    mean = whole / (pl.col("known") * micro).cast(pl.Float64)
    least = whole / (pl.col("possible") * micro).cast(pl.Float64)
    valid = (pl.col("gaps") == "") & over
    return found.with_columns(
        value=mean,
        lo=pl.when(valid).then(mean).otherwise(least),
        hi=pl.when(valid).then(mean),
        # while the period runs, what is not there yet is no gap
        gaps=pl.when(over).then("gaps").otherwise(pl.lit("")),
    )


def _gaps(known: pl.DataFrame, complete: Completeness | None, period: Period) -> pl.DataFrame:
    """Which months, and whether the whole period, have too few values to be valid."""
    every = pl.col("day").is_not_null()
    least: list[tuple[str, Any, int]] = [("", every, period.days)]
    if complete is not None:
        least = [("", every, complete.days)]
        for year, month, length in period.months():
            first, last = dt.date(year, month, 1), dt.date(year, month, length)
            need = complete.february if month == 2 else complete.month
            least.append((f"{year}-{month:02}: ", pl.col("day").is_between(first, last), need))
    counts = known.group_by("id").agg(
        *(inside.sum().alias(str(place)) for place, (_, inside, _) in enumerate(least))
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


def _nothing(metric: Metric, period: Period, *, over: bool) -> dict[str, Any]:
    """What is known of a subject without a single row."""
    if metric.how == "mean":
        return {"lo": 0.0, "hi": None, "value": None, "known": 0, "possible": period.days,
                "gaps": "0 days" if over else ""}  # fmt: skip
    if metric.complete is not None:
        days = float(period.days)
        return {"lo": 0.0, "hi": days, "value": None, "known": 0, "possible": period.days,
                "gaps": "0 days"}  # fmt: skip
    zero = 0.0 if over else None
    return {"lo": 0.0, "hi": zero, "value": 0.0, "known": 0, "possible": 0, "gaps": ""}
