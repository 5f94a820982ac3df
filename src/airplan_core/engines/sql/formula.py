"""SQL under the operators of polars, so that a metric's formula is written once: see `language`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Any

from sqlglot import exp

from airplan_core.quantities.millionths import MICRO
from airplan_core.readers import sql_terms as sql

#: Whole numbers of up to 38 digits, by dialect.
WHOLE = {"duckdb": "INT128", "postgres": "DECIMAL(38, 0)", "spark": "DECIMAL(38, 0)"}

#: Whole numbers below this are doubles, so that their division rounds once.
_EXACT = 2**53


class Formula:
    """An SQL expression that is combined with others as a polars expression is.

    It holds how to make the expression: a node of sqlglot's has one parent, and a formula many.
    `step` counts the steps that come before it: see `Dialect.let`.
    """

    __slots__ = ("make", "step")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, make: Callable[[], exp.Expr], step: int = 0) -> None:
        self.make, self.step = make, step

    @property
    def node(self) -> exp.Expr:
        """The expression, made anew."""
        return self.make()

    def _with(self, kind: Any, other: Any, *, swapped: bool = False) -> Formula:
        step = _step(self, other)
        if swapped:
            return Formula(lambda: sql.binary(kind, node(other), self.make()), step)
        return Formula(lambda: sql.binary(kind, self.make(), node(other)), step)

    def __add__(self, other: Any) -> Formula:
        return self._with(exp.Add, other)

    def __sub__(self, other: Any) -> Formula:
        return self._with(exp.Sub, other)

    def __mul__(self, other: Any) -> Formula:
        return self._with(exp.Mul, other)

    def __rmul__(self, other: Any) -> Formula:
        return self._with(exp.Mul, other, swapped=True)

    def __truediv__(self, other: Any) -> Formula:
        # `typed`: as the dialect divides what it is given; without it, PostgreSQL gets doubles
        return self._with(partial(exp.Div, typed=True), other)

    def __lt__(self, other: Any) -> Formula:
        return self._with(exp.LT, other)

    def __le__(self, other: Any) -> Formula:
        return self._with(exp.LTE, other)

    def __gt__(self, other: Any) -> Formula:
        return self._with(exp.GT, other)

    def __ge__(self, other: Any) -> Formula:
        return self._with(exp.GTE, other)

    def __eq__(self, other: object) -> Formula:  # type: ignore[override]
        return self._with(exp.EQ, other)

    def __and__(self, other: Any) -> Formula:
        return self._with(exp.And, other)

    def __or__(self, other: Any) -> Formula:
        return self._with(exp.Or, other)

    def __invert__(self) -> Formula:
        return Formula(lambda: exp.Not(this=sql.paren(self.make())), self.step)

    def fill_null(self, value: Any) -> Formula:
        """The value where it is NULL."""
        step = _step(self, value)
        return Formula(lambda: exp.Coalesce(this=self.make(), expressions=[node(value)]), step)

    def is_null(self) -> Formula:
        """Whether it is NULL."""
        return Formula(
            lambda: exp.Is(this=sql.paren(self.make()), expression=exp.Null()), self.step
        )

    def is_not_null(self) -> Formula:
        """Whether it is not NULL."""
        return ~self.is_null()

    def sum(self) -> Formula:
        """The sum of a group."""
        return Formula(lambda: exp.Sum(this=self.make()), self.step)

    def count(self) -> Formula:
        """How many of a group are not NULL."""
        return Formula(lambda: exp.Count(this=self.make()), self.step)

    def any(self) -> Formula:
        """Whether it is true of any row of a group."""
        return Formula(lambda: exp.LogicalOr(this=self.make()), self.step).fill_null(value=False)

    def cast(self, kind: str) -> Formula:
        """In another type."""
        return Formula(lambda: sql.cast(self.make(), kind), self.step)


class _Case(Formula):
    """A CASE that may go on: `when(test).then(value).when(…).then(…).otherwise(…)`."""

    __slots__ = ("branches",)

    def __init__(self, *branches: tuple[Formula, Any]) -> None:
        super().__init__(lambda: _case(branches), _step(*chain(*branches)))
        self.branches = branches

    def when(self, test: Formula) -> _When:
        """A further branch."""
        return _When(test, self.branches)

    def otherwise(self, value: Any) -> Formula:
        """What holds where no branch does."""
        step = _step(self, value)
        return Formula(lambda: _case(self.branches).else_(node(value), copy=False), step)


def _case(branches: Iterable[tuple[Formula, Any]]) -> exp.Case:
    case = exp.case()
    for test, value in branches:
        case = case.when(test.make(), node(value), copy=False)
    return case


class _When:
    """A branch that lacks its value."""

    def __init__(self, test: Formula, before: Any = ()) -> None:
        self.test, self.before = test, before

    def then(self, value: Any) -> _Case:
        """The value where the test holds."""
        return _Case(*self.before, (self.test, value))


def _step(*parts: Any) -> int:
    return max((part.step for part in parts if isinstance(part, Formula)), default=0)


def node(value: Any) -> exp.Expr:
    """A value as an SQL expression of its own."""
    match value:
        case Formula():
            return value.make()
        case bool() | str() | dt.date() | None:
            return exp.convert(value)
        case float():
            return sql.cast(exp.convert(value), "double")
    return sql.number(value)


def column(name: str, table: str | None = None) -> Formula:
    """A column under its quoted name."""
    return Formula(lambda: sql.column(name, table))


class Dialect:
    """What a dialect of SQL says of a formula: a `Language`.

    `steps` has the columns that formulas have named (`let`), step by step: each step is made of
    the columns of those before it.
    """

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.steps: list[dict[str, Formula]] = []

    def let(self, value: Formula) -> Formula:
        """A formula as a column of an earlier step, so that it is written and computed once."""
        if isinstance(value.make(), exp.Column):
            return value
        while len(self.steps) <= value.step:
            self.steps.append({})
        name = f"step {value.step + 1}.{len(self.steps[value.step]) + 1}"
        self.steps[value.step][name] = value
        return Formula(lambda: sql.column(name), value.step + 1)

    def when(self, test: Formula) -> _When:
        return _When(test)

    def lit(self, value: Any) -> Formula:
        return Formula(lambda: node(value))

    def greatest(self, one: Formula, other: Any) -> Formula:
        # GREATEST passes over a NULL here and gives one there
        one = self.let(one)
        return self.when(one < other).then(other).otherwise(one)

    def least(self, one: Formula, other: Any) -> Formula:
        one = self.let(one)
        return self.when(one > other).then(other).otherwise(one)

    def whole(self, value: Formula) -> Formula:
        return value.cast(WHOLE[self.dialect])

    def double(self, value: Formula) -> Formula:
        return value.cast("double")

    def parts(self, value: Formula, of_one: int) -> Formula:
        return self.double(value) / of_one

    def ratio(self, above: Formula, below: Any, decimals: int | None) -> Formula:
        above = self.let(above)
        under = self.whole(self.lit(below)) if isinstance(below, int) else self._divisor(below)
        if decimals is not None:
            scale = 10**decimals
            floor = self.let(self._floor(above * scale, under))
            twice = (above * scale - floor * under) * 2
            odd = self._remainder(floor, self.lit(2)) == 1
            up = (twice > under) | ((twice == under) & odd)
            return self.double(floor + self.when(up).then(1).otherwise(0)) / self.lit(float(scale))
        small = self.double(above) / self.double(under)
        floor = self._floor(above * MICRO, under)
        rest = self.double(above * MICRO - floor * under) / self.double(under)
        great = (self.double(floor) + rest) / self.lit(float(MICRO))
        fits = (above < _EXACT) & (above > -_EXACT) & (under < _EXACT)
        return self.when(fits).then(small).otherwise(great)

    def text(self, value: Formula) -> Formula:
        return value.cast("varchar")

    def joined(self, *texts: Any, between: str = "") -> Formula:
        # sqlglot's own node asks of every text whether it is NULL
        return Formula(
            lambda: exp.Anonymous(this="CONCAT_WS", expressions=list(map(node, (between, *texts)))),
            _step(*texts),
        )

    def _divisor(self, value: Formula) -> Formula:
        """NULL where there is nothing to divide by."""
        return self.let(
            Formula(lambda: exp.Nullif(this=value.make(), expression=sql.number(0)), value.step)
        )

    def _remainder(self, above: Formula, below: Formula) -> Formula:
        return above._with(exp.Mod, below)

    def _floor(self, above: Formula, below: Formula) -> Formula:
        """The greatest whole number that is no more than the quotient; `below` is positive."""
        left = self._remainder(above, below)
        even = above - self.when(left < 0).then(left + below).otherwise(left)
        if self.dialect == "duckdb":
            return even._with(exp.IntDiv, below)
        return self.whole(even / below)
