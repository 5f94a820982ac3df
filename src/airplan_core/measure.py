"""A metric over tables of rows: for each subject the interval it lies in, and what it rests on.

The statistic of what is known is the `value`; `lo` and `hi` enclose what it can still become, by
the day of assessment, through missing cells and days to come. A null end is unbounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any, TypeAlias

import polars as pl
import polars.selectors as cs

from airplan_core import totals
from airplan_core.daily import count_of_days, held, share_of_days, statistic_of_days
from airplan_core.entities import ledger_of
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


def parts_of(metrics: Iterable[Metric]) -> dict[str, Any]:
    """The columns that `measure` attaches for metrics, and their types."""
    return {f"{metric.name}.{part}": kind for metric in metrics for part, kind in PARTS.items()}


#: The parts that a statistic of a plugin has to give.
GIVEN = ("id", "lo", "hi", "value", "known", "possible", "gaps")

#: The ledgers of a metric, with everything it reads attached; those of a statistic are read.
Tables: TypeAlias = "Sequence[pl.DataFrame | pl.LazyFrame]"


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


def measure(metric: Metric, tables: Tables, subjects: pl.Series, as_of: dt.date) -> pl.DataFrame:
    """The metric of every subject on `as_of`.

    Args:
        metric: with its period set, unless it is as at a day.
        tables: the ledgers it is computed from, with what it reads attached.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.

    Returns:
        One row a subject: `id`, then `NAME.lo`, `.hi`, `.value`, in the metric's unit; `.known`
        and `.possible`, how many values there are and could be; `.gaps`, why a period that is
        over is not valid; of a share, `.part` of which `.total` it is, as far as both are known;
        `.reported` and `.disputed` are for what a department reports (`reported.entered`).
    """
    assert metric.daily or metric.period is not None, "a metric is measured over a period"
    if made_of := tallied(metric):
        rows = tables[0]
        ledger = rows.lazy().collect()
        counted = [tallies(ledger.lazy(), [one], as_of, ledger).collect() for one in made_of]
        return measure_together([metric], counted, subjects, as_of)
    return measure_each([metric], [tables], subjects, as_of)


def measure_each(
    metrics: Sequence[Metric], tables: Sequence[Tables], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Metrics without `tallied` parts, each of its own tables, all at once: see `measure`."""
    found = [
        _measured(metric, own, subjects, as_of).select(
            pl.col(part).alias(f"{metric.name}.{part}") for part in PARTS
        )
        for metric, own in zip(metrics, tables, strict=True)
    ]
    ids = subjects.alias("id").to_frame()
    # a row a day is a short ledger: it is not worth a plan for streaming it
    return pl.concat([ids, *pl.collect_all(found, engine="in-memory")], how="horizontal")


def measure_together(
    metrics: Sequence[Metric], counted: Sequence[pl.DataFrame], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Metrics made of rows that are alike, for every subject: `id` and the columns of `measure`.

    Args:
        metrics: every one with `tallied` parts.
        counted: what `tally.tallies` gives for all of these parts.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.
    """
    frame = subjects.alias("id").to_frame()
    anyones: dict[str, Any] = {}
    for sums in counted:
        nobody = sums.filter(pl.col("id").is_null())
        anyones |= nobody.row(0, named=True) if nobody.height else {}
        frame = frame.join(sums, on="id", how="left", maintain_order="left")
    # what has no row adds up to nothing
    frame = frame.with_columns(cs.numeric().fill_null(0), cs.boolean().fill_null(value=False))
    tops = frame.select(cs.numeric().max()).row(0) if frame.height else ()
    small = max(tops, default=0) < 2**53 // 100
    return frame.select(
        "id",
        *(
            expression.alias(f"{metric.name}.{part}")
            for metric in metrics
            for part, expression in _parts(metric, anyones, as_of, small=small).items()
        ),
    )


def _parts(
    metric: Metric, anyones: Mapping[str, Any], as_of: dt.date, *, small: bool
) -> dict[str, pl.Expr]:
    """Every part of a metric, from the columns of its sums."""
    names = names_of(metric)

    def of(name: str) -> pl.Expr:
        if isinstance(metric, Change):
            when, _, name = name.partition(" ")
            return pl.col(f"{names[when]}|{name}")
        return pl.col(f"{metric.name}|{name}")

    found = totals.ends(metric, of, over=is_over(metric, as_of), small=small)
    if any(anyones.get(f"{one.name}|possible") for one in tallied(metric)):
        found |= {part: pl.lit(value) for part, value in anyones_row(metric).items()}
    return {part: found.get(part, pl.lit(None)).cast(kind) for part, kind in PARTS.items()}


def names_of(metric: Metric) -> dict[str, str]:
    """Of a change, the names of what it is made of: the share `now`, and `then`."""
    return dict(zip(("now", "then"), (one.name for one in tallied(metric)), strict=False))


def anyones_row(metric: Metric) -> dict[str, float | None]:
    """A row that may belong to any subject leaves every subject's upper end open."""
    if isinstance(metric, Change):
        return {"lo": -100.0, "hi": 100.0}
    if isinstance(metric, Aggregate) and metric.how in ("share", "substitution"):
        return {"lo": 0.0, "hi": 100.0}
    return {"hi": None}


def without(metric: Metric) -> dict[str, Any]:
    """The parts of a metric none of whose ledgers was supplied: wholly unknown."""
    names = ", ".join(ledger_of(entity).name for entity in metric.ledgers)
    least = -100.0 if isinstance(metric, Change) else 0.0
    return {"lo": least, "known": 0, "gaps": f"no {names} ledger"}


def is_over(metric: Metric, as_of: dt.date) -> bool:
    """Whether no day can come that would change it."""
    return metric.period is None or as_of >= metric.period.ends


@singledispatch
def _measured(metric: Metric, tables: Tables, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@_measured.register
def _(metric: Statistic, tables: Tables, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    assert metric.period is not None
    read = tuple(table.lazy().collect() for table in tables)
    found = metric.compute(read, subjects, metric.period, as_of)
    if tuple(found.columns) != GIVEN or found["id"].to_list() != subjects.to_list():
        raise RuleError(
            f"the statistic {metric.id!r} gives {', '.join(GIVEN)} for each subject in order; it "
            f"gave {', '.join(found.columns)}"
        )
    return _every(found.lazy(), found.columns, subjects, {})


@_measured.register
def _(metric: Aggregate, tables: Tables, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    period, over = metric.period, is_over(metric, as_of)
    assert period is not None
    rows = held(metric, tables[0].lazy(), period, as_of)
    if metric.how in ("mean", "percentile"):
        found = statistic_of_days(metric, rows, period, over=over)
    elif metric.how == "share":
        found = share_of_days(metric, rows, period, over=over)
    else:
        found = count_of_days(rows, period)
    anyones = pl.col("id").is_null().any()
    found = found.with_columns(
        pl.when(anyones).then(pl.lit(value, pl.Float64)).otherwise(part).alias(part)
        for part, value in anyones_row(metric).items()
    )
    here = [*GIVEN, "part", "total"] if metric.how == "share" else GIVEN
    return _every(found, here, subjects, _no_days(metric, period, over=over))


def _every(
    found: pl.LazyFrame, here: Collection[str], subjects: pl.Series, nothing: Mapping[str, Any]
) -> pl.LazyFrame:
    """A row for every subject, in order, with every part; `nothing` where none was found."""
    ids = subjects.alias("id").to_frame().lazy()
    joined = ids.join(found, on="id", how="left", maintain_order="left")
    return joined.select(
        pl.lit(None, kind).alias(part)
        if part not in here
        else pl.when(pl.col("known").is_null())
        .then(pl.lit(nothing.get(part), kind))
        .otherwise(pl.col(part).cast(kind))
        .alias(part)
        for part, kind in PARTS.items()
    )


def _no_days(metric: Aggregate, period: Period, *, over: bool) -> dict[str, Any]:
    """What is known of a subject without a single day."""
    found = {"lo": 0.0, "known": 0, "possible": period.days, "gaps": "0 days" if over else ""}
    if metric.how == "share":
        return {**found, "hi": 100.0}
    if metric.how == "count":
        return {**found, "hi": float(period.days), "gaps": "0 days"}
    return found
