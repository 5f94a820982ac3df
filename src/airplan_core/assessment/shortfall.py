"""How much a share or a count falls short by, in what it is made of: tonnes, trips, vehicles."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch

import attrs

from airplan_core.engines.parts import is_over
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Count, Priced, Proportion, Share, Sum
from airplan_core.model.metric import Metric
from airplan_core.model.tree import OPPOSITE, Compare, Constant, Not
from airplan_core.readers.scalar import Row, Trace


@attrs.frozen(kw_only=True)
class Lack:
    """By how much one metric misses its limit.

    Attributes:
        metric: the metric, as its condition reads it.
        limit: what it is held against.
        part, total: what counts, of how much, as far as both are known; in `unit`.
        amount: how much of the total would have to count besides, or must go; 0 where none.
        most: the same if all that is unknown turns out badly; None where that has no bound.
    """

    metric: Aggregate
    limit: Decimal
    part: Decimal
    total: Decimal | None
    amount: Decimal
    most: Decimal | None
    unit: str


def lacking(traced: Trace, row: Row, as_of: dt.date) -> Iterator[Lack]:
    """What each share and count lacks that decides how a condition came out for a subject's row."""
    for node, op in _deciding(traced, negated=False):
        if not (isinstance(node.left, Metric) and isinstance(node.right, Constant)):
            continue
        limit, over = node.right.value, is_over(node.left, as_of)
        found = _lack(node.left, op, limit, row, over=over) if isinstance(limit, Decimal) else None
        if found is not None:
            yield found


def _deciding(traced: Trace, *, negated: bool) -> Iterator[tuple[Compare, str]]:
    """The comparisons that decide, each as what is asked: not at most 7 is more than 7."""
    match traced.node:
        case Compare():
            yield traced.node, OPPOSITE.get(traced.node.op, "") if negated else traced.node.op
        case Not():
            yield from _deciding(traced.parts[0], negated=not negated)
        case _:
            for part in traced.parts:
                if part.value is traced.value:
                    yield from _deciding(part, negated=negated)


@singledispatch
def _lack(metric: Metric, op: str, limit: Decimal, row: Row, *, over: bool) -> Lack | None:
    return None


@_lack.register
def _(metric: Proportion, op: str, limit: Decimal, row: Row, *, over: bool) -> Lack | None:
    part, total, low = (row.get(metric.part(name)) for name in ("part", "total", "lo"))
    if op != ">=" or part is None or total is None:
        return None
    worst = None
    if isinstance(metric, Share) and low and (over or metric.complete is not None):
        # the least share is what counts surely, of the greatest total that can be
        worst = (part * limit / low).quantize(Decimal("1e-6")) - part
    return Lack(
        metric=metric, limit=limit, part=part, total=total, unit=metric.weight,
        amount=_whole(metric, max(limit * total / 100 - part, Decimal(0))),
        most=None if worst is None else _whole(metric, max(worst, Decimal(0))),
    )  # fmt: skip


@_lack.register(Count)
@_lack.register(Sum)
@_lack.register(Priced)
def _(
    metric: Count | Sum | Priced, op: str, limit: Decimal, row: Row, *, over: bool
) -> Lack | None:
    value, high = (row.get(metric.part(name)) for name in ("value", "hi"))
    if op != "<=" or value is None:
        return None
    return Lack(
        metric=metric, limit=limit, part=value, total=None, unit=metric.weight,
        amount=max(value - limit, Decimal(0)),
        most=None if high is None else max(high - limit, Decimal(0)),
    )  # fmt: skip


def _whole(metric: Aggregate, amount: Decimal) -> Decimal:
    """Half a vehicle cannot be replaced."""
    return amount if metric.measure_of is not None else Decimal(math.ceil(amount))
