"""A metric over tables of rows: for each subject the interval it lies in, and what it rests on.

The statistic of what is known is the `value`; `lo` and `hi` enclose what it can still become, by
the day of assessment, through missing cells and days to come. A null end is unbounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, TypeAlias

import polars as pl

from airplan_core import totals
from airplan_core.daily import count_of_days, held, share_of_days, statistic_of_days
from airplan_core.errors import RuleError
from airplan_core.metric import Aggregate, Change, Metric, Period, Statistic
from airplan_core.tally import tallies

#: What `measure` attaches for each metric, after its name and a dot, and its type.
PARTS: dict[str, Any] = {
    "lo": pl.Float64,
    "hi": pl.Float64,
    "value": pl.Float64,
    "known": pl.Int64,
    "possible": pl.Int64,
    "gaps": pl.String,
    "part": pl.Float64,
    "total": pl.Float64,
    "reported": pl.Float64,
    "disputed": pl.Boolean,
}

#: The parts that a statistic of a plugin has to give.
GIVEN = ("id", "lo", "hi", "value", "known", "possible", "gaps")

#: The ledgers of a metric, with everything it reads attached.
Tables: TypeAlias = "tuple[pl.DataFrame, ...]"

#: For each metric that is made of rows that are alike, those rows.
Alike: TypeAlias = "Mapping[str, pl.DataFrame]"


def tallied(metric: Metric) -> tuple[Aggregate, ...]:
    """The aggregates over rows that are alike that a metric is made of; none where it is not."""
    match metric:
        case Aggregate(complete=None) if metric.how not in ("mean", "percentile"):
            return (metric,)
        case Change(period=period, share=share, since=since) if period is not None:
            return tuple(
                aggregate
                for aggregate in (share.over(period), share.over(since))
                if isinstance(aggregate, Aggregate)
            )
    return ()


def alike(metrics: Iterable[Metric], rows: pl.DataFrame, as_of: dt.date) -> Alike:
    """The rows that are alike, for metrics of one ledger and of one field that names subjects."""
    every = {one.name: one for metric in metrics for one in tallied(metric)}
    return tallies(rows, list(every.values()), as_of) if every else {}


def measure(
    metric: Metric, tables: Tables, subjects: pl.Series, as_of: dt.date, rows: Alike | None = None
) -> pl.DataFrame:
    """The metric of every subject on `as_of`.

    Args:
        metric: with its period set, unless it is as at a day.
        tables: the ledgers it is computed from, with what it reads attached.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.
        rows: the rows that are alike, where they are at hand (`alike`).

    Returns:
        One row a subject: `id`, then `NAME.lo`, `.hi`, `.value`, in the metric's unit; `.known`
        and `.possible`, how many values there are and could be; `.gaps`, why a period that is
        over is not valid; of a share, `.part` of which `.total` it is, as far as both are known;
        `.reported` and `.disputed` are for what a department reports (`reported.entered`).
    """
    assert metric.daily or metric.period is not None, "a metric is measured over a period"
    if rows is None:
        rows = alike([metric], tables[0], as_of)
    found = _measured(metric, tables, subjects, as_of, rows)
    return found.select("id", *(pl.col(part).alias(f"{metric.name}.{part}") for part in PARTS))


def _over(metric: Metric, as_of: dt.date) -> bool:
    """Whether no day can come that would change it."""
    return metric.period is None or as_of >= metric.period.ends


@singledispatch
def _measured(
    metric: Metric, tables: Tables, subjects: pl.Series, as_of: dt.date, rows: Alike
) -> pl.DataFrame:
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@_measured.register
def _(
    metric: Statistic, tables: Tables, subjects: pl.Series, as_of: dt.date, rows: Alike
) -> pl.DataFrame:
    assert metric.period is not None
    found = metric.compute(tables, subjects, metric.period, as_of)
    if tuple(found.columns) != GIVEN or found["id"].to_list() != subjects.to_list():
        raise RuleError(
            f"the statistic {metric.id!r} gives {', '.join(GIVEN)} for each subject in order; it "
            f"gave {', '.join(found.columns)}"
        )
    return _every(found, subjects, {})


@_measured.register
def _(
    metric: Change, tables: Tables, subjects: pl.Series, as_of: dt.date, rows: Alike
) -> pl.DataFrame:
    now, then = (
        rows[one.name].filter(pl.col("among").fill_null(value=True)) for one in tallied(metric)
    )
    over = _over(metric, as_of)
    found = totals.change(metric, now, then, over=over)
    return _every(found, subjects, totals.nothing(metric, over=over))


@_measured.register
def _(
    metric: Aggregate, tables: Tables, subjects: pl.Series, as_of: dt.date, rows: Alike
) -> pl.DataFrame:
    over = _over(metric, as_of)
    if not tallied(metric):
        return _of_days(metric, tables[0], subjects, as_of, over=over)
    seen = rows[metric.name]
    mine = seen.filter(pl.col("among").fill_null(value=True))
    how = {"share": totals.share, "substitution": totals.substitution}.get(metric.how, totals.total)
    found = how(metric, mine, over=over)
    found = _anyones(metric, mine, found)
    if metric.observed:
        none = seen.filter(~pl.col("id").is_in(mine["id"].implode()))["id"].unique()
        found = pl.concat([found, totals.none(metric, none, over=over)], how="diagonal_relaxed")
    return _every(found, subjects, totals.nothing(metric, over=over))


def _of_days(
    metric: Aggregate, table: pl.DataFrame, subjects: pl.Series, as_of: dt.date, *, over: bool
) -> pl.DataFrame:
    period = metric.period
    assert period is not None
    rows = held(metric, table, period, as_of)
    if metric.how in ("mean", "percentile"):
        found = statistic_of_days(metric, rows, period, over=over)
    elif metric.how == "share":
        found = share_of_days(metric, rows, period, over=over)
    else:
        found = count_of_days(rows, period)
    found = _anyones(metric, rows, found)
    return _every(found, subjects, _no_days(metric, period, over=over))


def _anyones(metric: Aggregate, rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """A row that may belong to any subject leaves every subject's upper end open."""
    if not rows["id"].null_count():
        return found
    if metric.how in ("share", "substitution"):
        return found.with_columns(lo=pl.lit(0.0), hi=pl.lit(100.0))
    return found.with_columns(hi=pl.lit(None, pl.Float64))


def _every(found: pl.DataFrame, subjects: pl.Series, nothing: Mapping[str, Any]) -> pl.DataFrame:
    """A row for every subject, in order, with every part; `nothing` where none was found."""
    found = found.with_columns(
        pl.lit(None, kind).alias(part) for part, kind in PARTS.items() if part not in found.columns
    )
    joined = subjects.alias("id").to_frame().join(found, on="id", how="left", maintain_order="left")
    return joined.select(
        "id",
        *(
            pl.when(pl.col("known").is_null())
            .then(pl.lit(nothing.get(part), kind))
            .otherwise(pl.col(part).cast(kind))
            .alias(part)
            for part, kind in PARTS.items()
        ),
    )


def _no_days(metric: Aggregate, period: Period, *, over: bool) -> dict[str, Any]:
    """What is known of a subject without a single day."""
    found = {"lo": 0.0, "known": 0, "possible": period.days, "gaps": "0 days" if over else ""}
    if metric.how == "share":
        return {**found, "hi": 100.0}
    if metric.how == "count":
        return {**found, "hi": float(period.days), "gaps": "0 days"}
    return found
