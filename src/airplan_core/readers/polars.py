"""A whole ledger at once: a tree becomes one polars expression, a duty one nullable Boolean.

The tables hold plain numbers in their fields' units (`facts.table_schema`), so that nothing is
converted here. A double orders measured values exactly; products are computed in integers.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from airplan_core.model.dated import Moment, nothing, to_the_minute
from airplan_core.model.fields import Flag, Measured, Ranked
from airplan_core.model.metric import End, Metric, some
from airplan_core.model.times import DAY_OF_MINUTES, Elapsed, Happened, Later, OfDay, Season, Until
from airplan_core.model.tree import (
    OPPOSITE,
    Always,
    Among,
    And,
    Arises,
    Arithmetic,
    Column,
    Compare,
    Constant,
    Expr,
    Given,
    Not,
    Or,
    Surely,
)
from airplan_core.quantities import workdays
from airplan_core.quantities.dates import NEVER, NEVER_AT
from airplan_core.quantities.millionths import micro
from airplan_core.quantities.units import MAX_DECIMALS
from airplan_core.readers.ends import at_ends, of_metrics

COMPARE: dict[str, Callable[[Any, Any], pl.Expr]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


COMBINE: dict[str, Callable[[Any, Any], pl.Expr]] = {
    "*": operator.mul,
    "+": operator.add,
    "-": operator.sub,
}


@functools.singledispatch
def condition(node: Expr, as_of: dt.date) -> pl.Expr:
    """The polars expression of a condition's truth value, null where it cannot be told.

    Raises:
        NotImplementedError: naming the node this reader does not know.
    """
    raise NotImplementedError(f"the polars reader does not know {type(node).__name__}")


@condition.register
def _(node: Always, as_of: dt.date) -> pl.Expr:
    return pl.lit(value=True)


@condition.register
def _(node: Flag, as_of: dt.date) -> pl.Expr:
    return pl.col(node.name)


@condition.register
def _(node: Not, as_of: dt.date) -> pl.Expr:
    return negation(node.part, as_of)


@condition.register
def _(node: Surely, as_of: dt.date) -> pl.Expr:
    return condition(node.part, as_of).fill_null(value=False)


@condition.register
def _(node: And, as_of: dt.date) -> pl.Expr:
    return functools.reduce(operator.and_, (condition(part, as_of) for part in node.parts))


@condition.register
def _(node: Or, as_of: dt.date) -> pl.Expr:
    return functools.reduce(operator.or_, (condition(part, as_of) for part in node.parts))


@condition.register
def _(node: Among, as_of: dt.date) -> pl.Expr:
    column = pl.col(node.column.name)
    return functools.reduce(operator.or_, (column == value for value in node.values))


@condition.register
def _(node: Given, as_of: dt.date) -> pl.Expr:
    return pl.col(node.column.name) != nothing(node.column)


@condition.register
def _(node: Arises, as_of: dt.date) -> pl.Expr:
    return pl.col(some(node))


@condition.register
def _(node: Until, as_of: dt.date) -> pl.Expr:
    if isinstance(node.day, dt.date):
        return pl.lit(value=as_of <= node.day)
    return as_of <= own_day(node.day)


@condition.register
def _(node: Season, as_of: dt.date) -> pl.Expr:
    if node.column is None:
        return pl.lit(value=node.has(as_of))
    day = day_of(node.column)
    place = day.dt.month().cast(pl.Int16) * 100 + day.dt.day()
    after, before = place >= node.begins, place <= node.ends
    return (day < NEVER) & (after & before if node.begins <= node.ends else after | before)


@condition.register
def _(node: OfDay, as_of: dt.date) -> pl.Expr:
    value, hours = pl.col(node.column.name), node.hours
    minute = value.dt.hour().cast(pl.Int16) * 60 + value.dt.minute()
    inside = minute.is_between(hours.begins, hours.ends) | (minute <= hours.ends - DAY_OF_MINUTES)
    return (value < nothing(node.column)) & inside


@condition.register
def _(node: Elapsed, as_of: dt.date) -> pl.Expr:
    return pl.col(node.column.name) <= node.before(as_of)


@condition.register
def _(node: Happened, as_of: dt.date) -> pl.Expr:
    if node.too_early(as_of):
        return pl.lit(value=False)
    value, day = pl.col(node.column.name), day_of(node.column)
    found = day <= node.last(as_of)
    if node.after is not None:
        found = found & (day > node.after)
    # where the bounds leave no day, it is on none, whatever it is
    if isinstance(node.until, Column | Later):
        found = found & ((value if to_the_minute(node.until) else day) <= own(node.until))
        if node.after is not None:
            found = found & (own_day(node.until) > node.after)
    if node.since is not None:
        found = found & ((value if to_the_minute(node.since) else day) >= own(node.since))
        found = found & (own_day(node.since) <= node.last(as_of))
    return found


def day_of(column: Column) -> pl.Expr:
    """The day of a date, or of a moment."""
    value = pl.col(column.name)
    return value.dt.date() if isinstance(column, Moment) else value


def own(bound: Column | Later) -> pl.Expr:
    """A day or a minute of the row's own: one of its dates, or so long before or after it."""
    if isinstance(bound, Column):
        return pl.col(bound.name)
    if bound.exact:
        value = pl.col(bound.column.name)
        return pl.when(value < NEVER_AT).then(value + bound.span).otherwise(value)
    found = day_of(bound.column)
    moved = found
    if bound.months:
        moved = moved.dt.offset_by(f"{bound.months}mo")
    if bound.working_days:
        due = workdays.counted(bound.working_days)
        moved = moved.replace_strict(
            pl.Series(list(due), dtype=pl.Date), pl.Series(list(due.values()), dtype=pl.Date),
            default=None, return_dtype=pl.Date,
        )  # fmt: skip
    if bound.days:
        moved = moved + pl.duration(days=bound.days)
    return pl.when(found < NEVER).then(moved).otherwise(found)


def own_day(bound: Column | Later) -> pl.Expr:
    """The day of a bound of the row's own."""
    return own(bound).dt.date() if to_the_minute(bound) else own(bound)


@condition.register
def _(node: Compare, as_of: dt.date) -> pl.Expr:
    return _compared(node)


@functools.lru_cache(maxsize=10_000)
def _compared(node: Compare) -> pl.Expr:
    """A comparison on any day; exact ones are long, and asked for again and again."""
    if of_metrics(node):
        surely, possibly = (
            condition(one, dt.date.min).fill_null(value)
            for one, value in zip(at_ends(node), (False, True), strict=True)
        )
        return pl.when(surely).then(statement=True).when(~possibly).then(statement=False)
    compare = COMPARE[node.op]
    match node.left, node.right:
        case Ranked() as column, Constant():
            return compare(pl.col(column.name), pl.lit(node.right.value, pl.Enum(column.values)))
        case Metric() as metric, Constant():
            low, high = map(pl.col, metric.ends)
            return _interval(low, high, node.op, float(node.right.value))
        case Column() as column, Constant(value=Decimal() as value):
            whole = value == int(value)
            return compare(pl.col(column.name), int(value) if whole else float(value))
        case Column() as column, Column() as other if not isinstance(column, End):
            return compare(pl.col(column.name), pl.col(other.name))
    left, right = _fraction(node.left), _fraction(node.right)
    power = left.power - right.power
    found = compare(
        left.above * right.below * 10 ** max(0, -power),
        right.above * left.below * 10 ** max(0, power),
    )
    positive = [side.positive for side in (left, right) if side.positive is not None]
    return pl.when(*positive).then(found) if positive else found


@attrs.frozen
class _Fraction:
    """A number as exact integers: above over below, divided by ten to the power.

    `positive` says of a ratio where its divisor is one that can be divided by.

    A measured value is below 10¹³ (`units.fit`), so that its millionths are below 10¹⁹ and the
    product of two of them fits 128 bits; what cancels is never multiplied out.
    """

    above: pl.Expr
    below: Any = 1
    power: int = 0
    positive: pl.Expr | None = None

    @property
    def whole(self) -> bool:
        """Whether it is no ratio."""
        return self.positive is None


def _fraction(node: Expr) -> _Fraction:
    match node:
        case Constant(value=Decimal() as value):
            power = max(0, -int(value.as_tuple().exponent))
            return _Fraction(pl.lit(int(value.scaleb(power)), pl.Int128), power=power)
        case Column():
            ceiling = node.bounds[1] if isinstance(node, Measured) else None
            return _Fraction(micro(pl.col(node.name), ceiling), power=MAX_DECIMALS)
        case Arithmetic():
            left, right = _fraction(node.left), _fraction(node.right)
            if node.op in ("+", "-") and left.whole and right.whole:
                power = max(left.power, right.power)
                found = COMBINE[node.op](
                    left.above * 10 ** (power - left.power),
                    right.above * 10 ** (power - right.power),
                )
                return _Fraction(found, power=power)
            if left.positive is None and right.positive is None:
                if node.op == "*":
                    return _Fraction(left.above * right.above, power=left.power + right.power)
                power = left.power - right.power
                # a column says itself whether it is positive, at no cost
                divisor = node.right
                below = pl.col(divisor.name) if isinstance(divisor, Column) else right.above
                return _Fraction(left.above, right.above, power, below > 0)
    raise NotImplementedError(f"the polars reader cannot compare {type(node).__name__}")


def negation(node: Expr, as_of: dt.date) -> pl.Expr:
    """The polars expression of a condition's opposite, without a pass over it just to turn it."""
    match node:
        case Not():
            return condition(node.part, as_of)
        case And():
            return functools.reduce(operator.or_, (negation(part, as_of) for part in node.parts))
        case Or():
            return functools.reduce(operator.and_, (negation(part, as_of) for part in node.parts))
        case Among():
            column = pl.col(node.column.name)
            return functools.reduce(operator.and_, (column != value for value in node.values))
        case Happened(until=None, after=None, since=None):
            return day_of(node.column) > as_of
        case Compare(left=Column(), right=Constant() | Column()) if node.op in OPPOSITE:
            return condition(Compare(node.left, OPPOSITE[node.op], node.right), as_of)
    return ~condition(node, as_of)


def _interval(low: pl.Expr, high: pl.Expr, op: str, limit: float) -> pl.Expr:
    """An interval against a limit: definite where the whole of it lies on one side.

    An end that is null is unbounded: nothing is known on that side.
    """
    if op == "==":
        outside = ((low > limit) | (high < limit)).fill_null(value=False)
        inside = ((low == limit) & (high == limit)).fill_null(value=False)
        return pl.when(outside).then(statement=False).when(inside).then(statement=True)
    near, far = (high, low) if op in ("<", "<=") else (low, high)
    compare = COMPARE[op]
    surely = compare(near, limit).fill_null(value=False)
    never = (~compare(far, limit)).fill_null(value=False)
    return pl.when(surely).then(statement=True).when(never).then(statement=False)


def number(node: Expr) -> pl.Expr:
    """A number as a double, to be shown: nothing is decided by it."""
    match node:
        case Constant(value=Decimal() as value):
            return pl.lit(float(value))
        case Metric():
            return pl.col(node.part("value"))
        case Column():
            return pl.col(node.name).cast(pl.Float64)
        case Arithmetic(op=("*" | "+" | "-") as op):
            return COMBINE[op](number(node.left), number(node.right))
        case Arithmetic():
            below = number(node.right)
            return pl.when(below > 0).then(number(node.left) / below)
    raise NotImplementedError(f"the polars reader cannot show {type(node).__name__}")
