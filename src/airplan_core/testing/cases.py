"""The cases a duty is tried on: every row at which it can turn, on every day that matters to it."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from airplan_core.model.duty import Duty, duties
from airplan_core.model.metric import Leaf, Metric, open_questions
from airplan_core.model.rule import Rule
from airplan_core.model.times import Season, Until
from airplan_core.model.tree import walk
from airplan_core.readers.boundaries import boundaries, changed
from airplan_core.readers.scalar import Row
from airplan_core.testing.examples import row_of


def readings(rule: Rule) -> Iterator[tuple[str, Duty]]:
    """The rule's duties by id, under the readings taken by default and under every other one.

    Of those that recur within the year it is the first and the last: they differ in their days.
    """
    yield from ((duty.id, duty) for duty in _unlike(duties(rule, {})))
    for question in open_questions(*rule.read):
        for reading, _ in question.readings:
            if reading != question.default:
                for duty in _unlike(duties(rule, {question.id: reading})):
                    yield f"{duty.id} [{question.id}={reading}]", duty


def _unlike(every: tuple[Duty, ...]) -> tuple[Duty, ...]:
    return (every[0], every[-1]) if every[0].every and len(every) > 2 else every


@functools.cache
def days(duty: Duty) -> tuple[dt.date, ...]:
    """The days that matter to a duty: the day before, of and after each of its dates."""
    plan = duty.clause.plan
    nodes = [node for tree in duty.trees for node in walk(tree) if isinstance(node, Until)]
    ends = [node.day for node in nodes if isinstance(node.day, dt.date)]
    ends += [
        dt.date(year, *divmod(place, 100))
        for tree in duty.trees
        for node in walk(tree)
        if isinstance(node, Season) and node.column is None
        for year in range(plan.begins.year, plan.ends.year + 1)
        for place in (node.begins, node.ends)
        if place != 229
    ]
    around = [plan.begins, plan.ends, *ends] + ([duty.due] if duty.due else [])
    found = {day + dt.timedelta(days=shift) for day in around for shift in (-1, 0, 1)}
    return tuple(sorted(day for day in found if day >= plan.begins))


def unknown(leaf: Leaf) -> Any:
    """What a row holds of a fact that is unknown; of a metric, that it is not negative."""
    return (Decimal(0), None) if isinstance(leaf, Metric) else None


@functools.cache
def boundary_rows(duty: Duty) -> tuple[Row, ...]:
    """Rows at every place where the duty can turn on one of its days, each row once.

    One fact or two are changed from an example. The rows are made once, and cannot be changed.
    """
    found: dict[tuple[Any, ...], Row] = {}
    for day in days(duty):
        for row in _around(duty, day):
            found.setdefault(tuple(row.values()), MappingProxyType(row))
    return tuple(found.values())


def _around(duty: Duty, day: dt.date) -> Iterator[dict[str, Any]]:
    examples = (*duty.rule.keeps, *duty.rule.breaks)
    for base in [row_of(duty, example) for example in examples] or [row_of(duty, {})]:
        yield base
        yield {**base, duty.granted: True}
        for metric, told in itertools.product(duty.arising, (False, None)):
            yield {**base, metric.part("some"): told}
        near = boundaries(duty, day, base)
        for leaf, values in near.items():
            for value in [*values, unknown(leaf)]:
                yield changed(base, leaf, value)
        for one, other in itertools.islice(itertools.combinations(near, 2), 40):
            for value, second in itertools.product(near[one][:4], near[other][:4]):
                yield changed(changed(base, one, value), other, second)
