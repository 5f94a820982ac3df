"""A rule's examples as rows that the readers read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

import polars as pl

from airplan_core.facts.facts import dtype
from airplan_core.model.attested import recorded
from airplan_core.model.dated import Event, Moment
from airplan_core.model.duty import Duty
from airplan_core.model.example import Example, Values, example
from airplan_core.model.metric import Metric
from airplan_core.model.period import Period
from airplan_core.model.rule import Rule
from airplan_core.model.times import Later


def example_day(rule: Rule, given: Example | Values) -> dt.date:
    """The day an example is held against.

    Its own, or the day after the last due date, be it the subject's own, or the plan's first day
    where nothing is due.
    """
    day = rule.speaks_of.but(example(given)).day
    if day is not None:
        return day
    dues = [term.due for term in rule.due if isinstance(term.due, dt.date)]
    for term in rule.due:
        start = rule.speaks_of.but(example(given)).facts
        if isinstance(term.due, Later) and (begun := start.get(term.due.column)) is not None:
            ends = term.due.of(cast("Event | Moment", term.due.column).enter(begun))
            if ends is not None:
                dues.append(ends.date() if isinstance(ends, dt.datetime) else ends)
    if dues:
        return max(dues) + dt.timedelta(days=1)
    return rule.clause.plan.begins


def row_of(duty: Duty, given: Example | Values) -> dict[str, Any]:
    """An example as a row of the duty's subject: column name → value.

    It is the subject that the rule speaks of, but for what the example says. Values are read as a
    ledger's cells are; a metric's value is one number, or its two ends.
    """
    facts = duty.rule.speaks_of.but(example(given)).facts
    row: dict[str, Any] = {duty.granted: False}
    for leaf in duty.leaves():
        held = _given(leaf, facts, duty)
        if isinstance(leaf, Metric):
            low, high = leaf.ends
            row[low], row[high] = held if held is not None else (Decimal(0), None)
        else:
            row[leaf.name] = held
    # what an example gives a value of is there
    row |= {one.part("some"): row[one.ends[1]] is not None or None for one in duty.arising}
    return row


def _given(leaf: Any, facts: Values, duty: Duty) -> Any:
    if isinstance(leaf, Metric):
        # a metric as at a day that the facts do not name is what it is on the day itself
        keys = [key for key in facts if isinstance(key, Metric) and key.id == leaf.id]
        named = [key for key in keys if key.day == leaf.day and _days(key, duty) == leaf.period]
        named = named or [key for key in keys if key.day == leaf.day] or keys
        value = facts[named[0]] if named else None
        if value is None or isinstance(value, tuple):
            return value
        number = leaf.constant(value).value
        return number, number
    value = facts.get(recorded(leaf))
    return None if value is None else leaf.enter(value)


def _days(metric: Metric, duty: Duty) -> Period | None:
    """The days that an example means by a metric: of its own, or of the duty, or years before."""
    if metric.period is not None or duty.term is None or duty.term.period is None:
        return metric.period
    return metric.over(duty.term.period).period


def table_of_rows(duty: Duty, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as the table the polars reader reads."""
    schema: dict[str, Any] = {duty.granted: pl.Boolean}
    for leaf in duty.leaves():
        if isinstance(leaf, Metric):
            schema |= dict.fromkeys(leaf.ends, pl.Float64)
        else:
            schema[leaf.name] = dtype(leaf)
    schema |= {one.part("some"): pl.Boolean for one in duty.arising}
    data = [
        [float(v) if isinstance(v, Decimal) else v for v in map(row.get, schema)] for row in rows
    ]
    return pl.DataFrame(data, schema=schema, orient="row")
