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
from airplan_core.facts.cells import Wanted, moments
from airplan_core.model import ids
from airplan_core.model.dated import Event, Moment
from airplan_core.model.fields import Counted, Flag, Measured, Stated, Text
from airplan_core.model.unsaid import BLANKS, NOT_STATED, NOTHING
from airplan_core.quantities import units
from airplan_core.quantities.dates import NEVER, NEVER_AT
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

#: What the characters of an id are read as, as TRANSLATE has it: those that are dropped come last.
#: What no database keeps in a text is left out.
_KEPT = {one: other for one, other in ids.FOLDS.items() if other}
_DROPPED = "".join(one for one, other in ids.FOLDS.items() if not other and one > "\x08")
_FOLDS = "".join(_KEPT) + _DROPPED, "".join(_KEPT.values())
_FOLDED_BLANKS = {ids.folded(one) for one in BLANKS}

#: Doubles below this have six decimals to spare.
_PLAIN = 10**9


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


def cells_of(wanted: Wanted, value: Formula, found: str, words: Dialect) -> Cells:
    """A field's column as it stands there: of such a kind, in such a unit."""
    field = wanted.field
    match field:
        case Measured():
            return _numbers(wanted, value, found, words)
        case Counted():
            whole = value.cast("bigint")
            bad, zh = whole < field.floor, f"计数，最少 {field.floor}"
            en = f"a count of at least {field.floor}"
            if field.ceiling is not None:
                bad = bad | (whole > field.ceiling)
                zh, en = f"{zh}，最多 {field.ceiling}", f"{en}, at most {field.ceiling}"
            return Cells(whole, whole, None, bad, Said(zh, en))
        case Event():
            plain = value.fill_null(NEVER) if wanted.never_if_blank else value
            first, last = wanted.days
            bad = (value < first) | ((value > last) & ~(value == NEVER))
            return Cells(
                plain,
                plain,
                None,
                bad,
                Said(f"{first} 至 {last} 之间的日期", f"a plausible day, from {first} to {last}"),
            )
        case Moment():
            return _moments(wanted, value)
        case Flag():
            return Cells(value, value, None, None)
    if wanted.is_id:
        return _ids(wanted, value, found, words)
    spaces = exp.Literal.string(_SPACES)
    trimmed = Formula(lambda: exp.Trim(this=value.make(), expression=spaces.copy()))
    blank = _among(trimmed, BLANKS)
    clean = words.when(~blank).then(trimmed)
    untidy = ~(trimmed == value) | blank
    if isinstance(field, Stated):
        unlisted = ~(blank | _among(trimmed, field.values))
        listed = "、".join(field.values)
        expected = Said(f"下列之一：{listed}", f"one of {listed}")
        return Cells(value, clean, untidy, unlisted, expected)
    nothing = _not_stated(trimmed)
    clean = words.when(nothing).then(NOTHING).when(~blank).then(trimmed)
    return Cells(value, clean, untidy | (nothing & ~(value == NOTHING)), None)


def _moments(wanted: Wanted, value: Formula) -> Cells:
    """Hours, or minutes, of plausible days."""
    first, last = moments(*wanted.days)
    outside = (value < first) | (value > last)
    zh, en = f"{first} 至 {last} 之间的", f"from {first} to {last}"
    if not wanted.field.minutes:
        expected = Said(f"{zh}时刻", f"a plausible hour, {en}")
        return Cells(value, value, None, outside, expected)
    plain = value.fill_null(NEVER_AT) if wanted.never_if_blank else value
    minute = Formula(lambda: exp.TimestampTrunc(this=value.make(), unit=exp.var("MINUTE")))
    bad = (outside & ~(value == NEVER_AT)) | ~(minute == value)
    expected = Said(f"{zh}时刻，精确到分，没有秒", f"a plausible minute, {en}, without seconds")
    return Cells(plain, plain, None, bad, expected)


def _ids(wanted: Wanted, value: Formula, found: str, words: Dialect) -> Cells:
    """Ids as they are wherever they are typed: see `ids.folded`."""
    own = wanted.field is None
    if found == "whole":
        written = value.cast("varchar")
        return Cells(written, written, None, value.is_null() if own else None, _EACH)
    literals = [exp.Literal.string(one) for one in _FOLDS]

    def fold() -> exp.Expr:
        arguments = [value.make(), *(one.copy() for one in literals)]
        return exp.Anonymous(this="TRANSLATE", expressions=arguments)

    folded = Formula(fold)
    pattern = exp.Literal.string(ids.SPOILED)
    spoiled = Formula(lambda: exp.RegexpLike(this=value.make(), expression=pattern.copy()))
    if own:
        blank = folded == ""
        bad = value.is_null() | blank | spoiled
        untidy = ~(folded == value)
        expected = Said("每行都有编号，按文本保存", "an id in every row, kept as text")
        return Cells(value, words.when(~blank).then(folded), untidy, bad, expected)
    blank = _among(folded, _FOLDED_BLANKS)
    if isinstance(wanted.field, Text):
        nothing = _not_stated(folded)
        clean = words.when(nothing).then(NOTHING).when(~blank).then(folded)
        untidy = ~(folded == value) | blank | (nothing & ~(value == NOTHING))
    else:
        blank = blank | _not_stated(folded)
        clean, untidy = words.when(~blank).then(folded), ~(folded == value) | blank
    return Cells(value, clean, untidy, spoiled, Said("按文本保存的编号", "an id kept as text"))


def _not_stated(value: Formula) -> Formula:
    return _among(Formula(lambda: exp.Lower(this=value.make())), NOT_STATED)


def _among(value: Formula, words: Iterable[str]) -> Formula:
    listed = sorted(words)
    return Formula(lambda: sql.among(value.make(), listed))


def _numbers(wanted: Wanted, value: Formula, found: str, words: Dialect) -> Cells:
    """Numbers in the field's unit: converted in decimals, and held to what a cell can be."""
    field, unit = wanted.field, wanted.unit
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
    if wanted.least is not None:
        less = plain < float(wanted.least)
        bad = bad | ((less & ~(plain == 0.0)) if wanted.zero else less)
        least = units.plain(wanted.least)
        zh, en = f"{zh}，通常不小于 {least}", f"{en}, plausibly at least {least}"
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
