"""The values at which a duty can turn: just below, at and just above every limit and date.

They are the boundary cases that test the readers, and the changes that an explanation offers.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from airplan_core.model.dated import Event, Moment
from airplan_core.model.duty import Duty
from airplan_core.model.fields import Counted, Flag, Measured, Ranked, Stated, Text
from airplan_core.model.metric import Leaf, Metric
from airplan_core.model.times import Elapsed, Happened, Later, OfDay, Season, Until
from airplan_core.model.tree import Among, Arithmetic, Column, Compare, Constant, Expr, walk
from airplan_core.model.unsaid import NOTHING
from airplan_core.quantities.dates import NEVER, NEVER_AT, shift
from airplan_core.quantities.units import MAX_DECIMALS, MAX_DIGITS, MAX_VALUE
from airplan_core.quantities.workdays import counted, last_before
from airplan_core.readers.scalar import COMBINE, Row

#: The smallest difference between two measured values.
STEP = Decimal(1).scaleb(-MAX_DECIMALS)


def boundaries(duty: Duty, as_of: dt.date, row: Row | None = None) -> dict[Leaf, list[Any]]:
    """For every fact the duty reads, the values around each place where it can turn.

    Values are as a row holds them; a metric's are (lo, hi) pairs. With a `row`, a field that is
    compared with another one is also tried at, below and above the value that makes them equal.
    """
    found: dict[Leaf, dict[Any, None]] = {leaf: {} for leaf in duty.leaves()}
    for tree in duty.trees:
        for node in walk(tree):
            for leaf, value in _turns(node, duty, as_of, row or {}):
                found[leaf][value] = None
    for leaf, values in found.items():
        values.update(dict.fromkeys(_always(leaf)))
    return {leaf: list(values) for leaf, values in found.items()}


def _always(leaf: Leaf) -> Iterator[Any]:
    """The values that every field of a kind is tried with."""
    match leaf:
        case Flag():
            yield from (True, False)
        case Event():
            yield NEVER
        case Moment(minutes=True):
            yield NEVER_AT
        case Ranked():
            yield from leaf.values
        case Stated():
            yield leaf.values[-1]
        case Text():
            yield from ("有", NOTHING)


@functools.singledispatch
def _turns(node: Expr, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    """The facts and values at which one node turns."""
    yield from ()


@_turns.register
def _(node: Among, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    for value in node.values:
        yield node.column, value
    if isinstance(node.column, Text):
        yield node.column, "、".join(node.values)
    for value in getattr(node.column, "values", ()):
        if value not in node.values:
            yield node.column, value
            return


@_turns.register
def _(node: Happened, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    days: list[Any] = [as_of, duty.due, node.until, node.after]
    for bound in (node.until, node.since):
        if isinstance(bound, Column | Later):
            column, own = _own(bound, row)
            yield from _known(bound)
            days.append(own)
            for day in (row.get(node.column.name), as_of):
                yield from _around(column, _back(bound, day))
    for day in days:
        yield from _around(node.column, day)


@_turns.register
def _(node: Until, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    if isinstance(node.day, Later):
        yield from _known(node.day)
        yield from _around(node.day.column, _back(node.day, as_of))


def _known(bound: Column | Later) -> Iterator[tuple[Leaf, Any]]:
    """The first and the last day from which the working days are known."""
    if isinstance(bound, Later) and bound.working_days:
        days = list(counted(bound.working_days))
        for day in (*days[:1], *days[-1:]):
            yield from _around(bound.column, day)


def _own(bound: Column | Later, row: Row) -> tuple[Column, dt.date | None]:
    """The field a row's own day is counted from, and the day."""
    if isinstance(bound, Column):
        return bound, row.get(bound.name)
    start = row.get(bound.column.name)
    return bound.column, None if start is None else bound.of(start)


def _back(bound: Column | Later, day: dt.date | None) -> dt.date | None:
    """The date from which the row's own day is a given one, or nearly: months differ in length."""
    if day is None or day in (NEVER, NEVER_AT) or isinstance(bound, Column):
        return day
    if bound.exact:
        return _minute(day) - bound.span
    if bound.working_days:
        return last_before(bound.working_days, shift(_day(day), days=-bound.days))
    return shift(shift(_day(day), days=-bound.days), months=-bound.months)


@_turns.register
def _(node: Season, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    if node.column is not None:
        for place in (node.begins, node.ends):
            month, day = divmod(place, 100)
            last = calendar.monthrange(as_of.year, month)[1]
            yield from _around(node.column, dt.date(as_of.year, month, min(day, last)))


@_turns.register
def _(node: OfDay, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    held = row.get(node.column.name)
    midnight = _minute(as_of if held in (None, NEVER_AT) else held.date())
    for end in (node.hours.begins, node.hours.ends):
        yield from _around(node.column, midnight + dt.timedelta(minutes=end))


@_turns.register
def _(node: Elapsed, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    yield from _around(node.column, node.before(as_of))


@_turns.register
def _(node: Compare, duty: Duty, as_of: dt.date, row: Row) -> Iterator[tuple[Leaf, Any]]:
    if isinstance(node.left, Ranked):
        return
    sides = ((node.left, node.right), (node.right, node.left))
    for mine, other in sides:
        for leaf, value in _equal(mine, other, row):
            if isinstance(leaf, Metric):
                for low in _near(leaf, value):
                    yield leaf, (low, low)
                yield leaf, (Decimal(0), value + STEP)
                yield leaf, (max(value - 1, Decimal(0)), None)
                yield leaf, (value + 1, None)
            else:
                for near in _near(leaf, value):
                    yield leaf, near


def _equal(mine: Expr, other: Expr, row: Row) -> Iterator[tuple[Leaf, Decimal]]:
    """The value of each field of one side that makes it equal to the other side."""
    target = _number(other, row)
    if target is None:
        # nothing to aim at: values on both sides of any limit the other side can have
        for leaf in walk(mine):
            if isinstance(leaf, Column | Metric):
                yield leaf, Decimal(3)
        return
    match mine:
        case Metric() | Measured() | Counted():
            yield mine, target
        case Arithmetic():
            for part, rest, inverse in _solutions(mine):
                value = _number(rest, row)
                if value is None or (inverse == "/" and not value):
                    continue
                found = COMBINE[inverse](target, value).quantize(STEP)
                if abs(found) < MAX_VALUE:
                    yield from _equal(part, Constant(found), row)


#: What undoes an operation, for its left side.
_INVERSE = {"*": "/", "/": "*", "+": "-", "-": "+"}


def _solutions(node: Arithmetic) -> Iterator[tuple[Expr, Expr, str]]:
    """Each side that can be solved for, the other side, and the operation that does it."""
    yield node.left, node.right, _INVERSE[node.op]
    if node.op in ("*", "+"):
        yield node.right, node.left, _INVERSE[node.op]


def _number(node: Expr, row: Row) -> Decimal | None:
    match node:
        case Constant(value=Decimal() as value):
            return value
        case Metric():
            low, high = (row.get(end) for end in node.ends)
            return low if low == high else None
        case Column():
            held = row.get(node.name)
            return None if held is None else Decimal(held)
        case Arithmetic():
            left, right = _number(node.left, row), _number(node.right, row)
            if left is None or right is None or (node.op == "/" and right <= 0):
                return None
            return COMBINE[node.op](left, right)
    return None


def _near(leaf: Leaf, value: Decimal) -> Iterator[Any]:
    """The value, and its neighbours: whole numbers for a count, a millionth apart otherwise."""
    if isinstance(leaf, Counted) or (isinstance(leaf, Metric) and leaf.whole):
        whole = int(value)
        for near in (whole - 1, whole, whole + 1):
            if near >= 0:
                yield near if isinstance(leaf, Counted) else Decimal(near)
        return
    for measured in (value, value - STEP, value + STEP):
        if len(measured.as_tuple().digits) <= MAX_DIGITS and abs(measured) < MAX_VALUE:
            yield measured


def _around(column: Column, day: Any) -> Iterator[tuple[Leaf, Any]]:
    """A field that holds the day, and its neighbours; of a moment, the minutes around its ends."""
    if not isinstance(day, dt.date) or day in (NEVER, NEVER_AT):
        return
    near: list[dt.date] = []
    if isinstance(column, Moment):
        step = dt.timedelta(minutes=1) if column.minutes else dt.timedelta(hours=1)
        begins = _minute(day)
        if isinstance(day, dt.datetime):
            near = [begins, begins - step, begins + step]
        else:
            next_day = begins + dt.timedelta(days=1)
            near = [begins, begins - step, next_day - step, next_day]
    else:
        near = [_day(day) + dt.timedelta(days=shift) for shift in (0, -1, 1)]
    yield from ((column, value) for value in near)


def _day(day: dt.date) -> dt.date:
    return day.date() if isinstance(day, dt.datetime) else day


def _minute(day: dt.date) -> dt.datetime:
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())


def changed(row: Row, leaf: Leaf, value: Any) -> dict[str, Any]:
    """The row with one fact changed; a metric's value is an interval."""
    if isinstance(leaf, Metric):
        low, high = leaf.ends
        return {**row, low: value[0], high: value[1]}
    return {**row, leaf.name: value}
