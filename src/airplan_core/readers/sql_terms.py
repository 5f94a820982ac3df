"""The terms of SQL: columns, constants and casts, each a node of sqlglot's."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from sqlglot import exp

from airplan_core.quantities.millionths import MICRO
from airplan_core.quantities.units import MAX_DECIMALS, plain

#: The dialects rules are written in, as sqlglot names them.
DIALECTS = ("duckdb", "postgres", "spark")

#: An SQL expression.
Sql: TypeAlias = exp.Expr

#: Whole millionths of a measured value, and products of two of them.
_MICRO, PRODUCT = "DECIMAL(19, 0)", "DECIMAL(38, 0)"


def column(name: str, table: str | None = None) -> exp.Column:
    """A column under its quoted name."""
    return exp.column(name, table=table, quoted=True)


def number(value: Decimal | int) -> Sql:
    """A number, exactly as it is written."""
    written = exp.Literal.number(
        plain(abs(value)) if isinstance(value, Decimal) else abs(int(value))
    )
    return exp.Neg(this=written) if value < 0 else written


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


def micro(value: Sql) -> Sql:
    """A measured value in whole millionths, exactly, whether it is a double or a decimal.

    It goes through the digits that a double is written with: a cast of the double itself keeps
    digits that it does not have.
    """
    written = cast(cast(value, "varchar"), f"DECIMAL(19, {MAX_DECIMALS})")
    return cast(binary(exp.Mul, written, number(MICRO)), _MICRO)


def among(value: Sql, values: Iterable[str]) -> Sql:
    """The value is one of the listed ones."""
    first, *others = values
    if not others:
        return exp.EQ(this=value, expression=exp.convert(first))
    return value.isin(first, *others, copy=False)
