"""A metric that a department reports: it fills what the ledgers leave open, and never overrules.

A row without a value, or that does not say of what it is, reports nothing: that stays unknown.
Where both are there and differ by more than the rounding of what was reported, that is a finding,
DATA_CONFLICT, and the verdict rests on the ledgers, which can be followed row by row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.model.ids import folded
from airplan_core.model.ledgers import County, Reported
from airplan_core.model.metric import Metric
from airplan_core.model.unsaid import NOTHING
from airplan_core.quantities import units
from airplan_core.quantities.dates import to_day

#: What a row must say to report a figure.
FIGURE = ("metric", "period", "value")

_DECIMALS = re.compile(r"\.(\d+)")


def figure(written: str, metric: Metric) -> tuple[Decimal, float]:
    """A reported value in the metric's unit, and half a step of its last digit.

    It is rounded as the metric is: what a limit is compared with does not depend on who says it.

    Raises:
        UnitError: it has no unit, or one of another dimension.
    """
    value = metric.constant(written).value
    digits = _DECIMALS.search(units.clean(written))
    said = units.Quantity.of(written)
    step = units.factor(said.unit, metric.measure) / 10 ** (len(digits[1]) if digits else 0)
    assert isinstance(value, Decimal)
    if metric.decimals is not None:
        value = round(value, metric.decimals)
    return value, float(step / 2)


def _when(metric: Metric, period: str, as_of: dt.date) -> dt.date | None:
    """The day a figure is of, where it is not later than the metric; None where it is."""
    if metric.period is not None:
        over = metric.period.over(as_of)
        return metric.period.ends if over and period == folded(metric.when) else None
    day = to_day(period)
    return day if day <= _day(metric, as_of) else None


def _day(metric: Metric, as_of: dt.date) -> dt.date:
    """The day a metric is as at, or the last of its period."""
    if metric.period is not None:
        return metric.period.ends
    return min(metric.day or as_of, as_of)


def lacking(row: Mapping[str, Any], metric: Metric | None) -> list[str]:
    """The cells that a row lacks to say anything of a metric; None is one that is not named."""
    needed = [*FIGURE]
    if metric is not None and metric.subject is not County:
        needed.append("subject")
    return [name for name in needed if row[name] in (None, NOTHING)]


def latest(facts: Facts, metric: Metric, as_of: dt.date) -> Iterator[dict[str, Any]]:
    """The latest figure reported of every subject; a blank subject is the county."""
    rows = facts.table(Reported).filter(pl.col("metric") == metric.id)
    latest: dict[str | None, tuple[dt.date, dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        if lacking(row, metric):
            continue
        day = _when(metric, row["period"], as_of)
        if day is not None:
            value, half = figure(row["value"], metric)
            own = day == _day(metric, as_of)
            found = {**row, "own": own, "reported": float(value), "slack": half * (1 + 1e-9)}
            if row["subject"] not in latest or latest[row["subject"]][0] <= day:
                latest[row["subject"]] = day, found
    yield from (found for _, found in latest.values())


def figures(
    facts: Facts, metrics: Iterable[Metric], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """What is reported of every metric: `metric` (its name), `subject`, `reported`, `slack`, `own`.

    What is reported of the county without its name is given to all of `subjects`, its ids.
    """
    schema = {"metric": pl.String, "subject": pl.String, "reported": pl.Float64,
              "slack": pl.Float64, "own": pl.Boolean}  # fmt: skip
    rows = []
    for metric in metrics:
        named = {row["subject"]: row for row in latest(facts, metric, as_of)}
        everyone = named.pop(None, None)
        if everyone is not None and metric.subject is County:
            named = {**dict.fromkeys(subjects, everyone), **named}
        rows += [
            (metric.name, subject, row["reported"], row["slack"], row["own"])
            for subject, row in named.items()
        ]
    return pl.DataFrame(rows, schema=schema, orient="row")
