"""The language of a metric's formula, which is written once for columns of polars and of SQL.

What both columns can do (+, &, `fill_null`, …) is done by them, and what is said otherwise is in
`Language`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import polars as pl

from airplan_core.quantities.millionths import ratio

#: An expression of columns: polars', or one with the same operators that writes SQL.
Expression: TypeAlias = Any

#: The expression of a column, by its name.
Columns: TypeAlias = Callable[[str], Expression]


class Language(Protocol):
    """How the language of a formula says what operators do not."""

    def when(self, test: Expression) -> Any:
        """`when(test).then(value).otherwise(value)`."""

    def let(self, value: Expression) -> Expression:
        """An expression that is used more than once."""

    def lit(self, value: Any) -> Expression:
        """A text, a Boolean or a number."""

    def greatest(self, one: Expression, other: Any) -> Expression:
        """The greater of two numbers."""

    def least(self, one: Expression, other: Any) -> Expression:
        """The lesser of two numbers."""

    def whole(self, value: Expression) -> Expression:
        """A whole number of up to 38 digits."""

    def double(self, value: Expression) -> Expression:
        """A whole number as the nearest double."""

    def parts(self, value: Expression, of_one: int) -> Expression:
        """A whole number of parts, so many of one, as a double."""

    def ratio(self, above: Expression, below: Any, decimals: int | None) -> Expression:
        """One whole number over another: see `millionths.ratio`."""

    def text(self, value: Expression) -> Expression:
        """A whole number as text."""

    def joined(self, *texts: Any, between: str = "") -> Expression:
        """One text after another; what is NULL is left out."""


class Polars:
    """What polars says of a formula: a `Language`.

    `steps` has the columns that formulas have named (`let`), step by step: each step is made of
    the columns of those before it.
    """

    when = staticmethod(pl.when)
    lit = staticmethod(pl.lit)
    greatest = staticmethod(pl.max_horizontal)
    least = staticmethod(pl.min_horizontal)

    def __init__(self) -> None:
        self.steps: list[dict[str, pl.Expr]] = []

    def let(self, value: pl.Expr) -> pl.Expr:
        read = set(value.meta.root_names())
        after = (n for n, step in enumerate(self.steps, 1) if read & step.keys())
        level = max(after, default=0)
        if level == len(self.steps):
            self.steps.append({})
        name = f"step {level + 1}.{len(self.steps[level]) + 1}"
        self.steps[level][name] = value
        return pl.col(name)

    def whole(self, value: pl.Expr) -> pl.Expr:
        return value.cast(pl.Int128)

    def double(self, value: pl.Expr) -> pl.Expr:
        return value.cast(pl.Float64)

    def parts(self, value: pl.Expr, of_one: int) -> pl.Expr:
        # polars divides by a constant as it multiplies by its reciprocal
        return value.cast(pl.Float64) / (value * 0 + of_one).cast(pl.Float64)

    def ratio(self, above: pl.Expr, below: Any, decimals: int | None) -> pl.Expr:
        above = self.let(above)
        column = above * 0 + below if isinstance(below, int) else self.let(below)
        return ratio(above, column, decimals)

    def text(self, value: pl.Expr) -> pl.Expr:
        return value.cast(pl.String)

    def joined(self, *texts: Any, between: str = "") -> pl.Expr:
        every = (pl.lit(one) if isinstance(one, str) else one for one in texts)
        return pl.concat_str(*every, separator=between, ignore_nulls=True)


def yes(condition: Expression) -> Expression:
    """Whether it is so, where it is known."""
    return condition.fill_null(value=False)


def maybe(condition: Expression) -> Expression:
    """Whether it is so, or not known."""
    return condition.fill_null(value=True)
