"""A column where it stands: made clean where that is possible, and what of it is not in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl
from sqlglot import exp

from airplan_core.engines.sql.database import Database
from airplan_core.engines.sql.formula import Dialect, Formula, column
from airplan_core.engines.sql.sources import Source
from airplan_core.errors import Said, said
from airplan_core.model.fields import Counted, Event, Flag, Measured, Moment, Stated, Text
from airplan_core.model.unsaid import BLANKS, NOT_STATED, NOTHING
from airplan_core.quantities import units
from airplan_core.quantities.dates import NEVER
from airplan_core.quantities.units import MAX_DECIMALS, MAX_VALUE
from airplan_core.readers import sql_terms as sql

#: What a column of the database may hold for a field, by the kind of field.
FITS: dict[str, tuple[str, ...]] = {
    "double": ("number", "decimal", "whole"),
    "bigint": ("whole",),
    "boolean": ("boolean",),
    "date": ("date",),
    "timestamp": ("moment",),
    "varchar": ("text",),
}

#: What is trimmed off a text; a database knows of itself only of the plain space.
_SPACES = " \t\r\n\u3000\u00a0"

#: Doubles below this have six decimals to spare.
_PLAIN = 10**9


_COUNT = Said("个数，最小是 0", "a count")
_EACH = Said("每行都有编号", "an id in every row")


@attrs.define
class Cells:
    """A column as it stands there, and what of it is not in order.

    `clean` is the column made so where `untidy` cells are found; `bad` cells cannot be.
    """

    plain: Formula
    clean: Formula
    untidy: Formula | None
    bad: Formula | None
    expected: Said = said("")


def cells_of(
    field: Any, value: Formula, found: str, unit: str | None, words: Dialect, *, never: bool
) -> Cells:
    """A field's column as it stands there: of such a kind, in such a unit."""
    match field:
        case Measured():
            return _numbers(field, value, found, unit, words)
        case Counted():
            return Cells(value.cast("bigint"), value.cast("bigint"), None, value < 0, _COUNT)
        case Event():
            plain = value.fill_null(NEVER) if never else value
            return Cells(plain, plain, None, None)
        case Flag() | Moment():
            return Cells(value, value, None, None)
    if found == "whole":
        written = value.cast("varchar")
        lacking = value.is_null() if field is None else None
        return Cells(written, written, None, lacking, _EACH)
    spaces = exp.Literal.string(_SPACES)
    trimmed = Formula(lambda: exp.Trim(this=value.make(), expression=spaces.copy()))
    # an id may be any text
    blank = trimmed == "" if field is None else _among(trimmed, BLANKS)
    clean = words.when(~blank).then(trimmed)
    untidy = ~(trimmed == value) | blank
    if field is None:
        return Cells(value, clean, untidy, value.is_null() | blank, _EACH)
    if isinstance(field, Stated):
        unlisted = ~(blank | _among(trimmed, field.values))
        listed = "、".join(field.values)
        expected = Said(f"下列之一：{listed}", f"one of {listed}")
        return Cells(value, clean, untidy, unlisted, expected)
    if isinstance(field, Text):
        lower = Formula(lambda: exp.Lower(this=trimmed.make()))
        nothing = _among(lower, NOT_STATED)
        clean = words.when(nothing).then(NOTHING).when(~blank).then(trimmed)
        untidy = untidy | (nothing & ~(value == NOTHING))
    return Cells(value, clean, untidy, None)


def _among(value: Formula, words: Iterable[str]) -> Formula:
    listed = sorted(words)
    return Formula(lambda: sql.among(value.make(), listed))


def _numbers(
    field: Measured, value: Formula, found: str, unit: str | None, words: Dialect
) -> Cells:
    """Numbers in the field's unit: converted in decimals, and held to what a cell can be."""
    exact = value
    if unit is not None and (factor := units.factor(unit, field.unit)) != 1:
        times = Decimal(factor.numerator) / Decimal(factor.denominator)
        raw = value.cast("double")
        within = (raw < float(MAX_VALUE)) & (raw > -float(MAX_VALUE))
        written = value.cast("varchar").cast("DECIMAL(25, 9)")
        exact = words.when(within).then(written * Formula(lambda: sql.number(times)))
        found = "decimal"
    plain = exact.cast("double")
    within = (plain < float(MAX_VALUE)) & (plain > -float(MAX_VALUE))
    bad = value.is_not_null() & ~within.fill_null(value=False)
    if found == "number":
        # more than six decimals, or digits that a double does not have
        scaled = plain * float(10**MAX_DECIMALS)
        rounded = Formula(lambda: exp.Round(this=scaled.make()))
        fits = rounded / words.lit(float(10**MAX_DECIMALS)) == plain
        near = (plain < float(_PLAIN)) & (plain > float(-_PLAIN))
        text = value.cast("varchar").cast(f"DECIMAL(28, {MAX_DECIMALS})").cast("double")
        bad = bad | words.when(near).then(~fits).otherwise(~(text == plain))
    low, high = field.bounds
    zh = f"以 {field.unit} 为单位的数，最多 {MAX_DECIMALS} 位小数"
    en = f"a number of {field.unit}, with at most {MAX_DECIMALS} decimals"
    if low is not None:
        bad, zh = bad | (plain < float(low)), f"{zh}，最少 {field.floor}"
        en += f", at least {field.floor}"
    if high is not None:
        bad, zh = bad | (plain > float(high)), f"{zh}，最多 {field.ceiling}"
        en += f", at most {field.ceiling}"
    return Cells(plain, plain, None, bad, Said(zh, en))


def seen_in(engine: Database, source: Source, cells: Mapping[str, Cells]) -> dict[str, Any]:
    """How many cells of each column are bad or untidy, and an example of the bad ones."""
    words = Dialect(engine.dialect)
    selected: list[exp.Expr] = []
    schema: dict[str, Any] = {}

    def add(name: str, value: Formula, kind: Any) -> None:
        selected.append(exp.alias_(value.node, name, quoted=True, copy=False))
        schema[name] = kind

    def least(value: Formula) -> Formula:
        return Formula(lambda: exp.Min(this=value.cast("varchar").make()))

    for field, one in cells.items():
        if one.bad is not None:
            bad = one.bad
            add(f"bad {field}", words.when(bad).then(1).count(), pl.Int64)
            add(f"which {field}", least(words.when(bad).then(cells["id"].plain)), pl.String)
            raw = column(source.fields[field][0])
            add(f"read {field}", least(words.when(bad).then(raw)), pl.String)
        if one.untidy is not None:
            add(f"untidy {field}", words.when(one.untidy).then(1).count(), pl.Int64)
    if not selected:
        return {}
    query = exp.select(*selected).from_(source.relation.copy())
    return engine.fetch(query, schema).row(0, named=True)
