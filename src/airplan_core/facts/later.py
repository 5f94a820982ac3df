"""Rows of days that have not come yet, such as forecasts: they count for nothing, and are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from airplan_core.errors import Said
from airplan_core.facts.facts import Facts
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.entity import ledger_of
from airplan_core.quantities.dates import NEVER
from airplan_core.rulebook.rulebook import Rulebook


def later(rulebook: Rulebook, facts: Facts, as_of: dt.date) -> Iterator[Said]:
    """How many rows of each ledger, by the day that a metric dates them, are of later days."""
    dated = dict.fromkeys(
        (metric.rows, metric.on.name)
        for metrics in rulebook.read_metrics.values()
        for metric in metrics
        if isinstance(metric, Aggregate) and metric.on is not None
    )
    for entity, day in dated:
        name = ledger_of(entity).name
        if name in facts.tables:
            days = facts.tables[name][day]
            count = int(((days > as_of) & (days != NEVER)).sum())
            if count:
                yield Said(
                    f"{ledger_of(entity).zh}：{count} 行是 {as_of} 以后的，还不计入",
                    f"{name}: {count} rows are of days after {as_of} and do not count yet",
                )
