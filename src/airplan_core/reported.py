"""A metric that a department reports: it fills what the ledgers leave open, and never overrules.

Where both are there and differ by more than the rounding of what was reported, that is a finding,
DATA_CONFLICT, and the verdict rests on the ledgers, which can be followed row by row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import polars as pl

from airplan_core import units
from airplan_core.dates import to_day
from airplan_core.facts import Facts
from airplan_core.ledgers import County, Reported
from airplan_core.metric import Metric
from airplan_core.totals import POLARS, Words

#: The columns of a table of findings, in order.
FINDING_SCHEMA: dict[str, Any] = {
    "finding": pl.String, "metric": pl.String, "period": pl.String, "subject": pl.String,
    "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "reported": pl.Float64,
    "unit": pl.String, "reported_by": pl.String, "evidence": pl.String,
}  # fmt: skip

_DECIMALS = re.compile(r"\.(\d+)")


def figure(written: str, metric: Metric) -> tuple[Decimal, float]:
    """A reported value in the metric's unit, and half a step of its last digit.

    Raises:
        UnitError: it has no unit, or one of another dimension.
    """
    value = metric.constant(written).value
    digits = _DECIMALS.search(units.clean(written))
    said = units.Quantity.of(written)
    step = units.factor(said.unit, metric.measure) / 10 ** (len(digits[1]) if digits else 0)
    assert isinstance(value, Decimal)
    return value, float(step / 2)


def _when(metric: Metric, period: str, as_of: dt.date) -> dt.date | None:
    """The day a figure is of, where it is not later than the metric; None where it is."""
    if metric.period is not None:
        over = as_of >= metric.period.ends
        return metric.period.ends if over and period == metric.period.name else None
    day = to_day(period)
    return day if day <= _day(metric, as_of) else None


def _day(metric: Metric, as_of: dt.date) -> dt.date:
    """The day a metric is as at, or the last of its period."""
    if metric.period is not None:
        return metric.period.ends
    return min(metric.day or as_of, as_of)


def _figures(facts: Facts, metric: Metric, as_of: dt.date) -> Iterator[dict[str, Any]]:
    """The latest figure reported of every subject; a blank subject is the county."""
    rows = facts.table(Reported).filter(pl.col("metric") == metric.id)
    latest: dict[str | None, tuple[dt.date, dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        day = _when(metric, row["period"], as_of)
        if day is not None and row["value"] is not None:
            value, half = figure(row["value"], metric)
            own = day == _day(metric, as_of)
            found = {**row, "own": own, "reported": float(value), "slack": half * (1 + 1e-9)}
            if row["subject"] not in latest or latest[row["subject"]][0] <= day:
                latest[row["subject"]] = day, found
    yield from (found for _, found in latest.values())


def entered(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """The table with a metric's reported figures: `reported`, `disputed`, and the ends they close.

    A figure outside the interval that the ledgers leave is disputed, and changes nothing. The
    figure of an earlier day stands in until there is a later one, where the ledgers say nothing.
    """
    found = list(_figures(facts, metric, as_of))
    if not found:
        return table
    named = {row["subject"]: row for row in found}
    everyone = named.get(None) if metric.subject is County else None
    rows = [named.get(id, everyone) or {} for id in table["id"]]
    reported = pl.Series([row.get("reported") for row in rows], dtype=pl.Float64)
    slack = pl.Series([row.get("slack") for row in rows], dtype=pl.Float64)
    own = pl.Series([row.get("own", False) for row in rows], dtype=pl.Boolean)

    def of(part: str) -> pl.Expr:
        return pl.col(f"{metric.name}.{part}")

    parts = settled(of, pl.lit(reported), pl.lit(slack), pl.lit(own), POLARS)
    return table.with_columns(value.alias(f"{metric.name}.{part}") for part, value in parts.items())


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
        named = {row["subject"]: row for row in _figures(facts, metric, as_of)}
        everyone = named.pop(None, None)
        if everyone is not None and metric.subject is County:
            named = {**dict.fromkeys(subjects, everyone), **named}
        rows += [
            (metric.name, subject, row["reported"], row["slack"], row["own"])
            for subject, row in named.items()
        ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def settled(of: Any, reported: Any, slack: Any, own: Any, to: Words) -> dict[str, Any]:
    """The parts of a metric that a reported figure settles, from those the ledgers give.

    Args:
        of: the column of a part, by its name.
        reported: the figure.
        slack: half a step of its last digit, and a hair.
        own: whether it is of the metric's own day or period.
        to: the language of the columns.
    """
    low, high = of("lo"), of("hi")
    fits = (
        (reported >= low - slack).fill_null(value=True)
        & (reported <= high + slack).fill_null(value=True)
    )  # fmt: skip
    known = (low == high).fill_null(value=False)
    said = reported.is_not_null()
    fills = said & fits & ~known & (own | (of("known") == 0))
    return {
        "reported": reported,
        "disputed": said & ~fits & own,
        **{
            part: to.when(fills).then(reported).otherwise(of(part))
            for part in ("lo", "hi", "value")
        },
    }


def conflicts(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """What was reported of a metric and is not what the ledgers say: rows of `FINDING_SCHEMA`."""
    name = metric.name
    found = table.filter(pl.col(f"{name}.disputed").fill_null(value=False))
    said = {row["subject"]: row for row in _figures(facts, metric, as_of)}
    rows = [said.get(id) or said[None] for id in found["id"]]
    return found.select(
        finding=pl.lit("DATA_CONFLICT"),
        metric=pl.lit(metric.id),
        period=pl.Series([row["period"] for row in rows], dtype=pl.String),
        subject="id",
        value=f"{name}.value",
        lo=f"{name}.lo",
        hi=f"{name}.hi",
        reported=f"{name}.reported",
        unit=pl.lit(metric.measure),
        reported_by=pl.Series([row["reported_by"] for row in rows], dtype=pl.String),
        evidence=pl.Series([row["evidence"] for row in rows], dtype=pl.String),
    )
