"""In a database: a tree becomes one SQL expression, a duty a small integer of possible outcomes.

Expressions are sqlglot's, never pasted text. SQL's own logic is Kleene's: a NULL is unknown. A
measured column may be a double or an exact number; products are computed in whole millionths.
"""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal
from typing import Any

import attrs
from sqlglot import exp

from airplan_core.model.dated import Moment, nothing, to_the_minute
from airplan_core.model.fields import Flag, Ranked
from airplan_core.model.metric import End, Metric, some
from airplan_core.model.times import DAY_OF_MINUTES, Elapsed, Happened, Later, OfDay, Season, Until
from airplan_core.model.tree import (
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
from airplan_core.quantities.dates import NEVER
from airplan_core.quantities.units import MAX_DECIMALS
from airplan_core.readers.ends import at_ends, of_metrics
from airplan_core.readers.sql_terms import (
    PRODUCT,
    Sql,
    among,
    binary,
    cast,
    column,
    micro,
    null,
    number,
    paren,
)

COMPARE: dict[str, Any] = {
    "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "==": exp.EQ,
}  # fmt: skip

COMBINE: dict[str, Any] = {"*": exp.Mul, "+": exp.Add, "-": exp.Sub}


@functools.singledispatch
def condition(node: Expr, as_of: dt.date) -> Sql:
    """The SQL expression of a condition's truth value, NULL where it cannot be told.

    Raises:
        NotImplementedError: naming the node this reader does not know.
    """
    raise NotImplementedError(f"the SQL reader does not know {type(node).__name__}")


@condition.register
def _(node: Always, as_of: dt.date) -> Sql:
    return exp.convert(True)


@condition.register
def _(node: Flag, as_of: dt.date) -> Sql:
    return column(node.name)


@condition.register
def _(node: Not, as_of: dt.date) -> Sql:
    return exp.Not(this=paren(condition(node.part, as_of)))


@condition.register
def _(node: Surely, as_of: dt.date) -> Sql:
    return exp.func("COALESCE", condition(node.part, as_of), exp.false())


@condition.register
def _(node: And, as_of: dt.date) -> Sql:
    return exp.and_(*(condition(part, as_of) for part in node.parts), copy=False)


@condition.register
def _(node: Or, as_of: dt.date) -> Sql:
    return exp.or_(*(condition(part, as_of) for part in node.parts), copy=False)


@condition.register
def _(node: Among, as_of: dt.date) -> Sql:
    return among(column(node.column.name), node.values)


@condition.register
def _(node: Given, as_of: dt.date) -> Sql:
    if isinstance(node.column, Moment):
        return exp.NEQ(this=day_of(node.column), expression=exp.convert(NEVER))
    value = exp.convert(nothing(node.column))
    return exp.NEQ(this=column(node.column.name), expression=value)


@condition.register
def _(node: Arises, as_of: dt.date) -> Sql:
    return column(some(node))


@condition.register
def _(node: Until, as_of: dt.date) -> Sql:
    if isinstance(node.day, dt.date):
        return exp.convert(as_of <= node.day)
    return exp.GTE(this=own_day(node.day), expression=exp.convert(as_of))


@condition.register
def _(node: Season, as_of: dt.date) -> Sql:
    if node.column is None:
        return exp.convert(node.has(as_of))
    day = day_of(node.column)
    place = binary(exp.Add, binary(exp.Mul, _part("MONTH", day), number(100)), _part("DAY", day))
    after = exp.GTE(this=paren(place), expression=number(node.begins))
    before = exp.LTE(this=paren(place.copy()), expression=number(node.ends))
    join = exp.and_ if node.begins <= node.ends else exp.or_
    never = exp.LT(this=day.copy(), expression=exp.convert(NEVER))
    return exp.and_(never, paren(join(after, before, copy=False)), copy=False)


def _part(name: str, of: Sql) -> Sql:
    """The year, the month, the hour, … of a day or a time."""
    return cast(exp.Extract(this=exp.var(name), expression=of.copy()), "int")


@condition.register
def _(node: OfDay, as_of: dt.date) -> Sql:
    value, hours = column(node.column.name), node.hours
    minute = binary(
        exp.Add, binary(exp.Mul, _part("HOUR", value), number(60)), _part("MINUTE", value)
    )
    same = exp.and_(
        binary(exp.GTE, minute, number(hours.begins)),
        binary(exp.LTE, minute.copy(), number(hours.ends)),
        copy=False,
    )
    next_day = binary(exp.LTE, minute.copy(), number(hours.ends - DAY_OF_MINUTES))
    never = exp.LT(this=day_of(node.column), expression=exp.convert(NEVER))
    return exp.and_(never, paren(exp.or_(same, next_day, copy=False)), copy=False)


@condition.register
def _(node: Elapsed, as_of: dt.date) -> Sql:
    return exp.LTE(this=column(node.column.name), expression=exp.convert(node.before(as_of)))


@condition.register
def _(node: Happened, as_of: dt.date) -> Sql:
    if node.too_early(as_of):
        return exp.false()

    def held(bound: Column | Later) -> Sql:
        return column(node.column.name) if to_the_minute(bound) else day_of(node.column)

    last = exp.convert(node.last(as_of))
    tests: list[Sql] = [exp.LTE(this=day_of(node.column), expression=last)]
    if node.after is not None:
        tests.append(exp.GT(this=day_of(node.column), expression=exp.convert(node.after)))
    # where the bounds leave no day, it is on none, whatever it is
    if isinstance(node.until, Column | Later):
        tests.append(exp.LTE(this=held(node.until), expression=own(node.until)))
        if node.after is not None:
            tests.append(exp.GT(this=own_day(node.until), expression=exp.convert(node.after)))
    if node.since is not None:
        tests.append(exp.GTE(this=held(node.since), expression=own(node.since)))
        tests.append(exp.LTE(this=own_day(node.since), expression=last.copy()))
    return exp.and_(*tests, copy=False)


def day_of(field: Column) -> Sql:
    """The day of a date, or of a moment."""
    value = column(field.name)
    return cast(value, "date") if isinstance(field, Moment) else value


def own(bound: Column | Later) -> Sql:
    """A day or a minute of the row's own: one of its dates, or so long before or after it."""
    if isinstance(bound, Column):
        return column(bound.name)
    begun = column(bound.column.name) if bound.exact else day_of(bound.column)
    spans = {
        "MONTH": bound.months, "DAY": bound.days, "HOUR": bound.hours, "MINUTE": bound.minutes,
    }  # fmt: skip
    moved = begun.copy()
    if bound.working_days:
        moved = _working(moved, bound.working_days)
    for unit, count in spans.items():
        if count:
            span = exp.Interval(this=exp.convert(str(count)), unit=exp.var(unit))
            moved = exp.Add(this=moved, expression=span)
    never = exp.LT(this=day_of(bound.column), expression=exp.convert(NEVER))
    # a day and an interval are a time in some dialects
    later = moved if bound.exact else cast(moved, "date")
    return exp.case().when(never, later, copy=False).else_(begun, copy=False)


def _working(day: Sql, working: int) -> Sql:
    """The day so many working days later; NULL where that is not known.

    How many days that is stands for each day in a text, so many digits each: every dialect looks
    it up at once.
    """
    due = workdays.counted(working)
    if not due:
        return null("date")
    first, last = next(iter(due)), list(due)[-1]
    spans = [str(abs((ends - begins).days)) for begins, ends in due.items()]
    width = max(map(len, spans))
    table = exp.convert("".join(span.zfill(width) for span in spans))
    since = exp.DateDiff(this=day.copy(), expression=exp.convert(first), unit=exp.var("DAY"))
    place = binary(exp.Add, binary(exp.Mul, cast(since, "int"), number(width)), number(1))
    span = cast(exp.Substring(this=table, start=place, length=number(width)), "int")
    known = exp.and_(
        exp.GTE(this=day.copy(), expression=exp.convert(first)),
        exp.LTE(this=day.copy(), expression=exp.convert(last)),
        copy=False,
    )
    moved = binary(exp.Add if working > 0 else exp.Sub, day.copy(), span)
    return exp.case().when(known, moved, copy=False)


def own_day(bound: Column | Later) -> Sql:
    """The day of a bound of the row's own."""
    return cast(own(bound), "date") if to_the_minute(bound) else own(bound)


@condition.register
def _(node: Compare, as_of: dt.date) -> Sql:
    if of_metrics(node):
        surely, possibly = (condition(one, as_of) for one in at_ends(node))
        return _decided(surely, exp.Not(this=paren(possibly)))
    compare = COMPARE[node.op]
    match node.left, node.right:
        case Ranked() as ranked, Constant():
            place = ranked.values.index(str(node.right.value))
            kept = ranked.values[: place + 1] if node.op == "<=" else ranked.values[place:]
            return among(column(ranked.name), kept)
        case Metric() as metric, Constant(value=Decimal() as value):
            return _interval(metric, node.op, value)
        case Column() as one, Constant(value=Decimal() as value):
            return binary(compare, column(one.name), number(value))
        case Column() as one, Column() as other if not isinstance(one, End):
            return binary(compare, column(one.name), column(other.name))
    left, right = _fraction(node.left), _fraction(node.right)
    power = left.power - right.power
    found = binary(
        compare,
        _product(left.above, right.below, 10 ** max(0, -power)),
        _product(right.above, left.below, 10 ** max(0, power)),
    )
    positive = [side.positive for side in (left, right) if side.positive is not None]
    if not positive:
        return found
    return exp.case().when(exp.and_(*positive, copy=False), found, copy=False)


@attrs.frozen
class _Fraction:
    """A number as whole ones: above over below, divided by ten to the power.

    `positive` says of a ratio where its divisor is one that can be divided by.
    """

    above: Sql
    below: Sql | None = None
    power: int = 0
    positive: Sql | None = None


def _product(value: Sql, *factors: Sql | int | None) -> Sql:
    """Whole numbers multiplied, as wide as they come."""
    for factor in factors:
        if isinstance(factor, int) and factor != 1:
            if isinstance(value, exp.Literal):
                # a database would multiply two literals in 32 bits
                value = number(int(value.this) * factor)
                continue
            value = binary(exp.Mul, value, number(factor))
        elif isinstance(factor, exp.Expr):
            value = cast(binary(exp.Mul, value, factor), PRODUCT)
    return value


def _fraction(node: Expr) -> _Fraction:
    match node:
        case Constant(value=Decimal() as value):
            power = max(0, -int(value.as_tuple().exponent))
            return _Fraction(number(int(value.scaleb(power))), power=power)
        case Column():
            return _Fraction(micro(column(node.name)), power=MAX_DECIMALS)
        case Arithmetic():
            left, right = _fraction(node.left), _fraction(node.right)
            if left.below is None and right.below is None:
                if node.op in ("+", "-"):
                    power = max(left.power, right.power)
                    found = binary(
                        COMBINE[node.op],
                        _product(left.above, 10 ** (power - left.power)),
                        _product(right.above, 10 ** (power - right.power)),
                    )
                    return _Fraction(found, power=power)
                if node.op == "*":
                    above = _product(left.above, right.above)
                    return _Fraction(above, power=left.power + right.power)
                power = left.power - right.power
                divisor = node.right
                below = column(divisor.name) if isinstance(divisor, Column) else right.above
                positive = binary(exp.GT, below, number(0))
                return _Fraction(left.above, right.above, power, positive)
    raise NotImplementedError(f"the SQL reader cannot compare {type(node).__name__}")


def _interval(metric: Metric, op: str, limit: Decimal) -> Sql:
    """An interval against a limit: definite where the whole of it lies on one side.

    An end that is NULL is unbounded: nothing is known on that side.
    """
    low, high = metric.ends

    def against(end: str, compare: Any) -> Sql:
        return binary(compare, column(end), number(limit))

    if op == "==":
        outside = exp.or_(against(low, exp.GT), against(high, exp.LT), copy=False)
        inside = exp.and_(against(low, exp.EQ), against(high, exp.EQ), copy=False)
        return _decided(inside, outside)
    near, far = (high, low) if op in ("<", "<=") else (low, high)
    surely = against(near, COMPARE[op])
    never = exp.Not(this=paren(against(far, COMPARE[op])))
    return _decided(surely, never)


def _decided(surely: Sql, never: Sql) -> Sql:
    """True, false, or NULL where neither is sure."""
    return exp.case().when(surely, exp.true(), copy=False).when(never, exp.false(), copy=False)
