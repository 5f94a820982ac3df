"""In a database: a tree becomes one SQL expression, a duty a small integer of possible outcomes.

Expressions are sqlglot's, never pasted text. SQL's own logic is Kleene's: a NULL is unknown. A
measured column may be a double or an exact number; products are computed in whole millionths.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs
from sqlglot import exp

from airplan_core.backends.scalar import granted
from airplan_core.dates import NEVER
from airplan_core.duty import Duty
from airplan_core.expr import (
    ALWAYS,
    Always,
    Among,
    And,
    Arithmetic,
    Column,
    Compare,
    Constant,
    Elapsed,
    Expr,
    Given,
    Happened,
    Not,
    Or,
    Until,
)
from airplan_core.fields import Event, Flag, Ranked
from airplan_core.metric import Metric
from airplan_core.ratios import MICRO
from airplan_core.units import MAX_DECIMALS, plain
from airplan_core.verdict import FALSE, OPEN, TRUE, Outcome, index

#: The dialects rules are written in, as sqlglot names them.
DIALECTS = ("duckdb", "postgres", "spark")

#: An SQL expression.
Sql: TypeAlias = exp.Expr

COMPARE: dict[str, Any] = {
    "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "==": exp.EQ,
}  # fmt: skip

COMBINE: dict[str, Any] = {"*": exp.Mul, "+": exp.Add, "-": exp.Sub}

#: Whole millionths of a measured value, and products of two of them.
_MICRO, _PRODUCT = "DECIMAL(19, 0)", "DECIMAL(38, 0)"


def column(name: str, table: str | None = None) -> exp.Column:
    """A column under its quoted name."""
    return exp.column(name, table=table, quoted=True)


def text(value: str) -> Sql:
    """A text."""
    return exp.Literal.string(value)


def number(value: Decimal | int) -> Sql:
    """A number, exactly as it is written."""
    written = exp.Literal.number(
        plain(abs(value)) if isinstance(value, Decimal) else abs(int(value))
    )
    return exp.Neg(this=written) if value < 0 else written


def boolean(*, value: bool) -> Sql:
    """TRUE or FALSE."""
    return exp.Boolean(this=value)


def day(value: dt.date) -> Sql:
    """A date."""
    return cast(text(value.isoformat()), "date")


#: How many bytes of a name PostgreSQL keeps.
_NAME = 63


def short(name: str, dialect: str) -> str:
    """A name that the dialect keeps whole: a long one ends in a digest of itself."""
    written = name.encode()
    if dialect != "postgres" or len(written) <= _NAME:
        return name
    digest = hashlib.sha256(written).hexdigest()[:10]
    return f"{written[: _NAME - 11].decode(errors='ignore')}~{digest}"


def write(query: Sql, dialect: str, *, pretty: bool = False) -> str:
    """A query in a dialect."""
    if dialect == "postgres":
        for node in query.walk():
            if isinstance(node, exp.Identifier):
                node.set("this", short(node.this, dialect))
    return query.sql(dialect=dialect, pretty=pretty, copy=False)


@functools.cache
def _type(kind: str) -> exp.DataType:
    return exp.DataType.build(kind)


def cast(value: Sql, kind: str) -> Sql:
    """A value in another type."""
    return exp.Cast(this=value, to=_type(kind).copy())


def null(kind: str) -> Sql:
    """NULL of a type."""
    return cast(exp.Null(), kind)


def paren(part: Sql) -> Sql:
    """The expression in brackets, where it has parts of its own."""
    return exp.paren(part, copy=False) if isinstance(part, exp.Binary | exp.Unary) else part


def binary(kind: Any, left: Sql, right: Sql) -> Sql:
    """Two expressions joined by an operator."""
    found: Sql = kind(this=paren(left), expression=paren(right))
    return found


def when(*branches: tuple[Sql, Sql], otherwise: Sql | None = None) -> exp.Case:
    """`CASE WHEN … THEN … ELSE … END`."""
    case = exp.Case()
    for test, result in branches:
        case = case.when(test, result, copy=False)
    return case if otherwise is None else case.else_(otherwise, copy=False)


def micro(value: Sql) -> Sql:
    """A measured value in whole millionths, exactly, whether it is a double or a decimal.

    It goes through the digits that a double is written with: a cast of the double itself keeps
    digits that it does not have.
    """
    written = cast(cast(value, "varchar"), f"DECIMAL(19, {MAX_DECIMALS})")
    return cast(binary(exp.Mul, written, number(MICRO)), _MICRO)


@functools.singledispatch
def condition(node: Expr, as_of: dt.date) -> Sql:
    """The SQL expression of a condition's truth value, NULL where it cannot be told.

    Raises:
        NotImplementedError: naming the node this reader does not know.
    """
    raise NotImplementedError(f"the SQL reader does not know {type(node).__name__}")


@condition.register
def _(node: Always, as_of: dt.date) -> Sql:
    return boolean(value=True)


@condition.register
def _(node: Flag, as_of: dt.date) -> Sql:
    return column(node.name)


@condition.register
def _(node: Not, as_of: dt.date) -> Sql:
    return exp.Not(this=paren(condition(node.part, as_of)))


@condition.register
def _(node: And, as_of: dt.date) -> Sql:
    return exp.and_(*(condition(part, as_of) for part in node.parts), copy=False)


@condition.register
def _(node: Or, as_of: dt.date) -> Sql:
    return exp.or_(*(condition(part, as_of) for part in node.parts), copy=False)


@condition.register
def _(node: Among, as_of: dt.date) -> Sql:
    return among(column(node.column.name), node.values)


def among(value: Sql, values: Iterable[str]) -> Sql:
    """The value is one of the listed ones."""
    listed = [text(one) for one in values]
    return (
        exp.EQ(this=value, expression=listed[0])
        if len(listed) == 1
        else exp.In(this=value, expressions=listed)
    )


@condition.register
def _(node: Given, as_of: dt.date) -> Sql:
    nothing = day(NEVER) if isinstance(node.column, Event) else text("无")
    return exp.NEQ(this=column(node.column.name), expression=nothing)


@condition.register
def _(node: Until, as_of: dt.date) -> Sql:
    return boolean(value=as_of <= node.day)


@condition.register
def _(node: Elapsed, as_of: dt.date) -> Sql:
    return exp.LTE(this=column(node.column.name), expression=day(node.before(as_of)))


@condition.register
def _(node: Happened, as_of: dt.date) -> Sql:
    value, last = column(node.column.name), as_of
    if isinstance(node.until, dt.date):
        last = min(last, node.until)
    tests: list[Sql] = [exp.LTE(this=value, expression=day(last))]
    if isinstance(node.until, Column):
        tests.append(exp.LTE(this=value.copy(), expression=column(node.until.name)))
    if node.after is not None:
        tests.append(exp.GT(this=value.copy(), expression=day(node.after)))
    return exp.and_(*tests, copy=False)


@condition.register
def _(node: Compare, as_of: dt.date) -> Sql:
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
        case Column() as one, Column() as other:
            return binary(compare, column(one.name), column(other.name))
    left, right = _fraction(node.left), _fraction(node.right)
    power = left.power - right.power
    found = binary(
        compare,
        _product(left.above, right.below, 10 ** max(0, -power)),
        _product(right.above, left.below, 10 ** max(0, power)),
    )
    positive = [side.positive for side in (left, right) if side.positive is not None]
    return when((exp.and_(*positive, copy=False), found)) if positive else found


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
            value = binary(exp.Mul, value, number(factor))
        elif isinstance(factor, exp.Expr):
            value = cast(binary(exp.Mul, value, factor), _PRODUCT)
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
        return when((outside, boolean(value=False)), (inside, boolean(value=True)))
    near, far = (high, low) if op in ("<", "<=") else (low, high)
    surely = against(near, COMPARE[op])
    never = exp.Not(this=paren(against(far, COMPARE[op])))
    return when((surely, boolean(value=True)), (never, boolean(value=False)))


def truths(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> dict[str, Sql]:
    """The conditions that decide a duty's outcome, by what they say of it.

    `applies`, `exempt`, `met`, `in_time`: one that is the same for every subject is left out.
    """
    found: dict[str, Sql] = {}
    if duty.applies != ALWAYS:
        found["applies"] = condition(duty.applies, as_of)
    exempt = [column(granted(duty))] if exemptions else []
    if duty.exempt is not None:
        exempt.append(condition(duty.exempt, as_of))  # type: ignore[arg-type]
    if exempt:
        found["exempt"] = exp.or_(*exempt, copy=False)
    found["met"] = condition(duty.requires, as_of)
    if duty.can_be_late(as_of):
        found["in_time"] = condition(duty.timely(as_of), as_of)
    return found


def decide(duty: Duty, as_of: dt.date, named: Mapping[str, Sql]) -> Sql:
    """The set of possible outcomes, as `Outcome` bits, from the truth values named in `truths`.

    The bits add up: what an undecided condition leaves possible is the sum of both its branches.
    """
    table = duty.outcomes(as_of)

    def met(value: int, in_time: int) -> Sql:
        return number(table[index(TRUE, FALSE, value, in_time)])

    if "in_time" in named:
        chosen = [
            _chosen(named["in_time"], *(met(value, late) for late in (TRUE, FALSE, OPEN)))
            for value in (TRUE, FALSE, OPEN)
        ]
    else:
        chosen = [met(value, value) for value in (TRUE, FALSE, OPEN)]
    found = _chosen(named["met"], *chosen)
    if "exempt" in named:
        found = _unless(named["exempt"], Outcome.EXEMPT, found, known=duty.exempt is None)
    if "applies" in named:
        applies = named["applies"]
        outside = when((applies, number(0)), otherwise=number(Outcome.NOT_APPLICABLE))
        inside = binary(exp.Add, outside, found)
        opposite = exp.Not(this=paren(applies.copy()))
        found = when((opposite, number(Outcome.NOT_APPLICABLE)), otherwise=inside)
    return cast(found, "smallint")


def _chosen(test: Sql, yes: Sql, no: Sql, open_: Sql) -> Sql:
    """One of three values, by a truth value."""
    if yes == no == open_:
        return yes
    if no == open_:
        return when((test, yes), otherwise=no)
    return when((test, yes), (exp.Not(this=paren(test.copy())), no), otherwise=open_)


def _unless(test: Sql, bit: Outcome, found: Sql, *, known: bool) -> Sql:
    """`bit` where the test holds, what is found where it does not, and both where it is open."""
    if known:
        return when((test, number(bit)), otherwise=found)
    opposite = exp.Not(this=paren(test.copy()))
    maybe = when((opposite, number(0)), otherwise=number(bit))
    return when((test, number(bit)), otherwise=binary(exp.Add, maybe, found))


def outcome(duty: Duty, as_of: dt.date, *, exemptions: bool = False) -> Sql:
    """The set of possible outcomes of each row, in one expression."""
    return decide(duty, as_of, truths(duty, as_of, exemptions=exemptions))


def outcome_name(code: Sql) -> Sql:
    """The name of an outcome in the column `code`, UNKNOWN where several are possible."""
    case = exp.Case(this=code)
    for one in Outcome:
        case = case.when(number(one), text(str(one.name)), copy=False)
    return case.else_(text("UNKNOWN"), copy=False)
