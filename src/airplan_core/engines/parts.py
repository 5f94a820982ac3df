"""The parts of a metric's interval, by name: what every engine attaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import polars as pl

from airplan_core.model.entity import ledger_of
from airplan_core.model.metric import Aggregate, Change, Metric

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
