"""The parts of a metric's interval, by name: what every engine attaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import polars as pl

from airplan_core.model.aggregate import Aggregate
from airplan_core.model.entity import ledger_of
from airplan_core.model.kinds import (
    Change,
    Count,
    Extreme,
    Percentile,
    Priced,
    Share,
    Sum,
    WeightedMean,
)
from airplan_core.model.metric import Metric
from airplan_core.model.times import Elapsed, Happened, Season, Until
from airplan_core.model.tree import Expr, Not

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
    "some": pl.Boolean,
}


def parts_of(metrics: Iterable[Metric]) -> dict[str, Any]:
    """The columns that `measure` attaches for metrics, and their types."""
    return {metric.part(part): kind for metric in metrics for part, kind in PARTS.items()}


def recurs(metric: Metric) -> bool:
    """Whether there are many alike over other periods: each would be a query of its own in SQL."""
    return metric.period is not None and bool(metric.period.every)


def tallied(metric: Metric) -> tuple[Aggregate, ...]:
    """The aggregates over rows that are alike that a metric is made of; none where it is not."""
    match metric:
        case Percentile() | Extreme() | WeightedMean():
            return ()
        case Aggregate():
            return (metric,)
        case Change(period=period) if period is not None:
            return metric.shares
    return ()


def in_sql(metric: Metric) -> bool:
    """Whether SQL can say it: sums of rows that are alike, which read no other metric of theirs."""
    return bool(tallied(metric)) and not any(one.inner for one in tallied(metric))


def anyones_row(metric: Metric) -> dict[str, float | None]:
    """A row that may belong to any subject leaves open whatever it could change of each."""
    least, most = metric.span
    if isinstance(metric, Count | Sum | Priced):
        return {"hi": most}
    return {"lo": least, "hi": most}


def moving(metric: Metric) -> dict[str, float | None]:
    """The ends that rows which are there can still move, while the period runs.

    What has not happened to a row may happen by the last day: where it then counts, a count or a
    share can rise, and where it then counts no longer, fall.
    """
    (least, most), turned = metric.span, set[bool]()
    for one in tallied(metric):
        turned |= turns(one.where)
        whole = set[bool]().union(*map(turns, one.trees[1:]))
        if whole or (
            turned and not (one is metric and isinstance(one, Count | Sum | Priced | Share))
        ):
            turned = {True, False}
    low = {"lo": least} if False in turned else {}
    return {**low, **({"hi": most} if True in turned else {})}


def turns(tree: Expr) -> set[bool]:
    """What the days that pass can make of a condition: true, false, both or neither."""
    match tree:
        case Not(part):
            return {not value for value in turns(part)}
        case Happened() | Elapsed():
            return {True}
        case Until():
            return {False}
        case Season(column=None):
            return {True, False}
    return set[bool]().union(*map(turns, tree.children()))


def without(metric: Metric) -> dict[str, Any]:
    """The parts of a metric none of whose ledgers was supplied: wholly unknown."""
    names = ", ".join(ledger_of(entity).name for entity in metric.ledgers)
    return {"lo": metric.span[0], "known": 0, "gaps": f"no {names} ledger"}


def is_over(metric: Metric, as_of: dt.date) -> bool:
    """Whether no day can come that would change it."""
    return metric.period is None or metric.period.over(as_of)
