"""Columns of text become columns of values; each distinct spelling is read once.

Plain numbers, ISO dates and listed words are read as whole columns, all of a ledger in one query,
everything else through `Column.enter`, and both give the same values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import Said, UnitError
from airplan_core.facts.facts import dtype
from airplan_core.model.entity import Reference
from airplan_core.model.fields import (
    NO,
    NOT_HAPPENED,
    YES,
    Counted,
    Event,
    Flag,
    Measured,
    Moment,
    Ranked,
    Stated,
    Text,
)
from airplan_core.model.unsaid import BLANKS, NOT_STATED, NOTHING, not_stated
from airplan_core.quantities import units
from airplan_core.quantities.dates import NEVER


def _listed(words: Iterable[str]) -> pl.Expr:
    return pl.lit(pl.Series(sorted(words), dtype=pl.String).implode())


_BLANKS, _YES, _NO, _NOT_HAPPENED, _NOT_STATED = map(
    _listed, (BLANKS, YES, NO, NOT_HAPPENED, NOT_STATED)
)

#: ASCII digits only: `\d` would take full-width ones, which are read cell by cell.
_PLAIN = r"^[+-]?[0-9]{1,9}(\.[0-9]{1,6})?$"
_MULTIPLES = re.compile(r"(万亿|千万|百万|亿|万)?$")
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")


@attrs.frozen
class Wanted:
    """What a column of texts is read as.

    Attributes:
        field: says what is understood.
        unit: the unit that the column's header gives.
        never_if_blank: a blank event date means that it has not happened.
    """

    field: Any
    unit: str | None = None
    never_if_blank: bool = False


@attrs.frozen
class Cells:
    """A column's values, and for every place that could not be read, what was expected there."""

    values: pl.Series
    bad: dict[int, Said]


#: A formula that no spreadsheet has computed; a text that begins so is none anywhere.
_FORMULA = Said(
    "公式的计算结果；用表格软件打开并保存一次",
    "a formula's value; open the file in a spreadsheet and save it",
)


def read_cells(texts: pl.DataFrame, wanted: Mapping[str, Wanted]) -> dict[str, Cells]:
    """The values of columns of text, all in one query.

    Args:
        texts: the cells as they were written.
        wanted: what each of its columns is read as, by name.
    """
    if not wanted:
        return {}
    # step by step: planning them as one query takes longer than running them
    trimmed = texts.select(pl.col(*wanted).str.strip_chars())
    known = trimmed.select(pl.when(~pl.all().is_in(_BLANKS)).then(pl.all()))
    found = known.with_columns(
        _as_column(one.field, pl.col(name), one.unit).alias(f"{name} read")
        for name, one in wanted.items()
    )
    nulls = found.null_count().row(0, named=True)
    cells = {}
    for name, one in wanted.items():
        unread = nulls[f"{name} read"] - nulls[name]
        values = found[f"{name} read"].alias(name)
        if one.never_if_blank:
            never = pl.Series([NEVER], dtype=values.dtype)
            values = values.zip_with(found[name].is_not_null(), never)
        cells[name] = _one_by_one(one, found[name], values) if unread else Cells(values, {})
    return cells


def _one_by_one(wanted: Wanted, known: pl.Series, values: pl.Series) -> Cells:
    """The column with what could not be read as a whole read spelling by spelling."""
    column, unit = wanted.field, wanted.unit
    open_ = known.filter(values.is_null() & known.is_not_null()).unique()
    spelled: dict[str, Any] = {}
    wrong: dict[str, Said] = {}
    for text in open_:
        if text.startswith("="):
            wrong[text] = _FORMULA
            continue
        try:
            value = _enter(column, text, unit)
            spelled[text] = float(value) if isinstance(column, Measured) else value
        except (ValueError, UnitError) as error:
            wrong[text] = _expected(column, unit, str(error))
            if not_stated(text):
                more = wrong[text]
                wrong[text] = Said(
                    f"{more.zh}，不知道的留空",
                    f"{more}, or a blank cell where it is not known",
                )
    if spelled:
        read = known.replace_strict(
            list(spelled),
            pl.Series(list(spelled.values()), dtype=values.dtype),
            default=None,
            return_dtype=values.dtype,
        )
        values = values.zip_with(values.is_not_null(), read)
    bad = {}
    if wrong:
        places = known.is_in(list(wrong)).arg_true()
        bad = {place: wrong[known[place]] for place in places}
    return Cells(values, bad)


def _as_column(column: Any, known: pl.Expr, unit: str | None) -> pl.Expr:
    """What can be read as a whole column; null where it cannot."""
    kind = dtype(column)
    match column:
        case Reference():
            return pl.when(~known.str.starts_with("=")).then(known)
        case Text():
            known = pl.when(~known.str.starts_with("=")).then(known)
            nothing = known.str.to_lowercase().is_in(_NOT_STATED)
            return pl.when(nothing).then(pl.lit(NOTHING)).otherwise(known)
        case Measured() if unit is not None:
            factor = units.factor(unit, column.unit)
            if factor.denominator == 1:
                return _numbers(column, known, factor.numerator)
        case Counted() if unit is None or units.factor(unit, column.unit) == 1:
            return known.str.extract(r"^([0-9]{1,15})$").cast(kind)
        case Flag():
            yes = pl.when(known.is_in(_YES)).then(statement=True)
            return yes.when(known.is_in(_NO)).then(statement=False)
        case Event():
            iso = known.str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})$")
            day = iso.str.to_date("%Y-%m-%d", strict=False)
            return pl.when(known.is_in(_NOT_HAPPENED)).then(NEVER).otherwise(day)
        case Moment():
            iso = known.str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-2][0-9]:00)(?::00)?$")
            return iso.str.replace(" ", "T").str.to_datetime(
                "%Y-%m-%dT%H:%M", strict=False, time_unit="us"
            )
        case Stated() | Ranked():
            return pl.when(known.is_in(list(column.values))).then(known).cast(kind)
    return pl.lit(None, kind)


def _numbers(column: Measured, known: pl.Expr, factor: int) -> pl.Expr:
    """Plain numbers times the header's factor, computed in decimals, which become doubles exactly.

    A double divided by a constant does not: polars multiplies by the reciprocal.
    """
    plain = pl.when(known.str.contains(_PLAIN)).then(known).cast(pl.Decimal(38, units.MAX_DECIMALS))
    scaled = plain * factor
    # beyond this bound `units.fit` has to look closer
    kept = scaled.abs() < 10 ** (units.MAX_DIGITS - units.MAX_DECIMALS)
    value = scaled.cast(pl.Float64)
    low, high = column.bounds
    if high is not None:
        kept &= value <= float(high)
    if low is not None:
        kept &= value >= float(low)
    return pl.when(kept).then(value)


def _enter(column: Any, text: str, unit: str | None) -> Any:
    if isinstance(column, Event):
        return column.enter(_MIDNIGHT.sub("", text))
    if isinstance(column, Measured | Counted):
        number = _MULTIPLES.sub("", text)
        if units.is_number(number) and (unit is not None or isinstance(column, Counted)):
            return column.enter(f"{text} {unit or column.unit}")
        if units.is_number(text):
            raise UnitError("no unit")
    return column.enter(text)


def _expected(column: Any, unit: str | None, why: str) -> Said:
    """What was expected of a cell, in a few words; in English with what was wrong, too."""
    match column:
        case Measured() if why == "no unit":
            header = f"{column.zh}[{column.unit}]"
            return Said(
                f"带单位的数；把单位写在表头 {header}，或写在单元格里",
                f"a number with a unit; write the unit in the header, {header}, or in the cell",
            )
        case Measured() | Counted():
            one = unit or column.unit
            return Said(f"以 {one} 为单位的数", f"a number in {one} ({why})")
        case Event():
            return Said(
                "日期，如 2024-10-31；没有发生的写“未发生”",
                f"a date such as 2024-10-31, or 未发生 ({why})",
            )
        case Moment():
            return Said(
                "北京时间的整点，如 2024-10-31T07:00",
                f"a full hour of Beijing time such as 2024-10-31T07:00 ({why})",
            )
        case Flag():
            return Said("是或否", "是 or 否")
        case Stated():
            listed = "、".join(column.values)
            return Said(f"下列之一：{listed}", f"one of the listed values ({why})")
    return Said("能读的内容", why)
