"""Columns of text become columns of values; each distinct spelling is read once.

Plain numbers, ISO dates, ids and listed words are read as whole columns, all of a ledger in one
query, everything else through `Column.enter`, and both give the same values. What is read of a
ledger is also held to what is plausible of its years and its numbers.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import AirplanError, Said, UnitError, nearest
from airplan_core.facts.facts import dtype
from airplan_core.model import ids
from airplan_core.model.dated import NOT_HAPPENED, Event, Moment, nothing
from airplan_core.model.entity import Reference
from airplan_core.model.fields import (
    NO,
    YES,
    BoundError,
    Counted,
    Flag,
    Measured,
    Ranked,
    Stated,
    Text,
)
from airplan_core.model.unsaid import BLANKS, DASHES, FAILED, NOT_STATED, NOTHING, not_stated
from airplan_core.quantities import units
from airplan_core.quantities.dates import FIRST_YEAR, NEVER, NEVER_AT, last_of_month
from airplan_core.rulebook.config import FactsConfig


def _listed(words: Iterable[str]) -> pl.Expr:
    return pl.lit(pl.Series(sorted(words), dtype=pl.String).implode())


_BLANKS, _YES, _NO, _NOT_HAPPENED, _NOT_STATED, _NOBODY = map(
    _listed, (BLANKS, YES, NO, NOT_HAPPENED, NOT_STATED, BLANKS | NOT_STATED)
)

#: ASCII digits only: `\d` would take full-width ones, which are read cell by cell.
_PLAIN = r"^[+-]?[0-9]{1,9}(\.[0-9]{1,6})?$"
#: A period by its own name; by any other, 2024年第5周, it is read by itself.
_SPAN = r"^[0-9]{4}(-(W[0-9]{2}|Q[1-4]|H[12]|[0-9]{2}))?$"
#: A text that a formula begins, or a spreadsheet's error, is looked at by itself.
_ODD = r"^[=#]"
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")


@attrs.frozen(kw_only=True)
class Wanted:
    """What a column of texts is read as.

    Attributes:
        field: says what is understood; None is the ledger's own id.
        unit: the unit that the column's header gives.
        bare: it gives none, and the field's own is understood.
        never_if_blank: a blank event date means that it has not happened.
        month_ends: a month alone means its last day.
        years: the first and the last that a date may lie in.
        least: what a number is at least, to be plausible; 0 may be it all the same where `zero`.
    """

    field: Any
    unit: str | None = None
    bare: bool = False
    never_if_blank: bool = False
    month_ends: bool = False
    years: tuple[int, int] = (FIRST_YEAR, NEVER.year - 1)
    least: Decimal | None = None
    zero: bool = False

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that is plausible."""
        first, last = self.years
        return dt.date(first, 1, 1), dt.date(last, 12, 31)

    @property
    def is_id(self) -> bool:
        """Whether ids are read: of the rows themselves, or of those that they refer to."""
        return self.field is None or isinstance(self.field, Reference) or _names(self.field)


def _names(field: Any) -> bool:
    return isinstance(field, Text) and field.names


def wanted_of(field: Any, name: str, unit: str | None, kept: FactsConfig) -> Wanted:
    """What a field called `ledger.field` is read as, in a county that keeps its ledgers so."""
    match field:
        case Measured():
            bare = unit is None and field.bare
            least, zero = field.plausible_from(bare=bare)
            if name in kept.low_is_measured:
                least = None
            unit = field.unit if bare else unit
            return Wanted(field=field, unit=unit, bare=bare, least=least, zero=zero)
        case Event() | Moment():
            years = kept.years or (FIRST_YEAR, NEVER.year - 1)
            if field.minutes if isinstance(field, Moment) else not field.routine:
                years = min(FIRST_YEAR, years[0]), years[1]
            return Wanted(
                field=field,
                never_if_blank=name in kept.blank_means_not_happened,
                month_ends=name in kept.month_means_last_day,
                years=years,
            )
    return Wanted(field=field, unit=unit)


@attrs.frozen
class Wrong:
    """What was expected of a cell, and what to write instead, in the reader's language.

    One that is `spoiled` makes the whole column doubtful: others of it may be wrong unseen.
    """

    expected: Said
    hint: Said | None = None
    spoiled: bool = False


@attrs.frozen
class Passed:
    """So many cells in which an instrument says that it has no valid value, and one of them."""

    kind: str
    read: str
    count: int


@attrs.frozen
class Cells:
    """A column's values; what is wrong with every cell that could not be read, by its place.

    `passed` are the cells that say, by the words of an instrument, that there is no value.
    """

    values: pl.Series
    bad: dict[int, Wrong]
    passed: tuple[Passed, ...] = ()


#: A formula that no spreadsheet has computed; a text that begins so is none anywhere.
_FORMULA = Wrong(
    Said(
        "公式的计算结果；用表格软件打开并保存一次",
        "a formula's value; open the file in a spreadsheet and save it",
    )
)
_FAILED = Wrong(
    Said("公式的计算结果，不是公式出错的提示", "a formula's value, not a spreadsheet's error"),
    Said("改正公式，或直接填写内容；不知道的留空", "mend the formula, or write the value"),
)
_SPOILED = Wrong(
    Said(
        "文本格式的编号，不是表格软件改写过的数（后几位已经丢失）",
        "an id kept as text, not a number whose last digits a spreadsheet has lost",
    ),
    Said("把这一列设为文本格式再重填", "format the column as text, and enter it again"),
    spoiled=True,
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
    odd = _odd(trimmed, wanted)
    trimmed = trimmed.with_columns(
        pl.col(odd).str.replace_many(list(ids.FOLDS), list(ids.FOLDS.values())).str.normalize("NFC")
    )
    known = trimmed.select(
        pl.when(_says(one.field, pl.col(name))).then(name) for name, one in wanted.items()
    )
    found = known.with_columns(
        _as_column(one, pl.col(name), odd=name in odd).alias(f"{name} read")
        for name, one in wanted.items()
    )
    nulls = found.null_count().row(0, named=True)
    cells = {}
    for name, one in wanted.items():
        unread = nulls[f"{name} read"] - nulls[name]
        values = found[f"{name} read"].alias(name)
        if one.never_if_blank:
            # 不详 is no blank: it may have happened
            blank = trimmed[name].fill_null("").is_in(sorted(DASHES))
            never = pl.Series([nothing(one.field)], dtype=values.dtype)
            values = values.zip_with(~blank, never)
        cells[name] = _one_by_one(one, found[name], values) if unread else Cells(values, {})
    return cells


def _odd(texts: pl.DataFrame, wanted: Mapping[str, Wanted]) -> list[str]:
    """The columns of ids in which one is not as `ids.folded` leaves it."""
    names = [name for name, one in wanted.items() if one.is_id]
    odd = texts.select(pl.col(names).str.contains(ids.ODD).any())
    return [name for name in names if odd[name].item()]


def _says(field: Any, text: pl.Expr) -> pl.Expr:
    """Whether a cell says anything; an id of a row may be any text."""
    if field is None:
        return text != ""
    return ~text.is_in(_NOBODY if isinstance(field, Reference) else _BLANKS)


def _one_by_one(wanted: Wanted, known: pl.Series, values: pl.Series) -> Cells:
    """The column with what could not be read as a whole read spelling by spelling."""
    open_ = known.filter(values.is_null() & known.is_not_null()).unique()
    spelled: dict[str, Any] = {}
    wrong: dict[str, Wrong] = {}
    passed: dict[str, list[str]] = {}
    for text in open_:
        found = _read(wanted, _visible(text))
        match found:
            case Wrong():
                wrong[text] = found
            case _Unsaid():
                passed.setdefault(found.kind, []).append(text)
                if found.value is not None:
                    spelled[text] = found.value
            case Decimal():
                spelled[text] = float(found) if isinstance(wanted.field, Measured) else found
            case None:
                pass
            case _:
                spelled[text] = found
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
    counted = tuple(
        Passed(kind, min(spellings), int(known.is_in(spellings).sum()))
        for kind, spellings in sorted(passed.items())
    )
    return Cells(values, bad, counted)


def _as_column(wanted: Wanted, known: pl.Expr, *, odd: bool) -> pl.Expr:
    """What can be read as a whole column; null where it cannot."""
    column, unit = wanted.field, wanted.unit
    first, last = wanted.days
    if wanted.is_id and odd:
        known = pl.when(~known.str.contains(ids.ODD)).then(known)
    if column is None:
        return known
    kind = dtype(column)
    match column:
        case Reference():
            return known
        case Text():
            if not column.names:
                known = pl.when(~known.str.contains(_ODD)).then(known)
            if column.spans:
                known = pl.when(known.str.contains(_SPAN)).then(known)
            nothing = known.str.to_lowercase().is_in(_NOT_STATED)
            return pl.when(nothing).then(pl.lit(NOTHING)).otherwise(known)
        case Measured() if unit is not None:
            factor = units.factor(unit, column.unit)
            if factor.denominator == 1:
                return _numbers(wanted, known, factor.numerator)
        case Counted() if unit is None or units.factor(unit, column.unit) == 1:
            number = known.str.extract(r"^([0-9]{1,15})$").cast(kind)
            high = 10**15 if column.ceiling is None else column.ceiling
            return pl.when(number.is_between(column.floor, high)).then(number)
        case Flag():
            yes = pl.when(known.is_in(_YES)).then(statement=True)
            return yes.when(known.is_in(_NO)).then(statement=False)
        case Event():
            iso = known.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
            day = pl.when(iso).then(known).str.to_date("%Y-%m-%d", strict=False)
            day = pl.when(day.is_between(first, last)).then(day)
            return pl.when(known.is_in(_NOT_HAPPENED)).then(NEVER).otherwise(day)
        case Moment():
            minute = "[0-5][0-9]" if column.minutes else "00"
            iso = known.str.extract(
                rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-2][0-9]:{minute})(?::00)?$"
            )
            time = iso.str.replace(" ", "T").str.to_datetime(
                "%Y-%m-%dT%H:%M", strict=False, time_unit="us"
            )
            time = pl.when(time.is_between(*moments(first, last))).then(time)
            if not column.minutes:
                return time
            return pl.when(known.is_in(_NOT_HAPPENED)).then(NEVER_AT).otherwise(time)
        case Stated() | Ranked():
            return pl.when(known.is_in(list(column.values))).then(known).cast(kind)
    return pl.lit(None, kind)


def moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first and the last hour of some days; hour 0 after the last day is its hour 24."""
    midnight = dt.time()
    ends = last + dt.timedelta(days=1)
    return dt.datetime.combine(first, midnight), dt.datetime.combine(ends, midnight)


def _numbers(wanted: Wanted, known: pl.Expr, factor: int) -> pl.Expr:
    """Plain numbers times the header's factor, computed in decimals, which become doubles exactly.

    A double divided by a constant does not: polars multiplies by the reciprocal. A number that is
    in the field's unit already is the double nearest to it.
    """
    plain = pl.when(known.str.contains(_PLAIN)).then(known)
    kept = pl.lit(value=True)
    if factor == 1:
        value = plain.cast(pl.Float64)
    else:
        scaled = plain.cast(pl.Decimal(38, units.MAX_DECIMALS)) * factor
        # beyond this bound `units.fit` has to look closer
        kept = scaled.abs() < 10 ** (units.MAX_DIGITS - units.MAX_DECIMALS)
        value = scaled.cast(pl.Float64)
    low, high = wanted.field.bounds
    if high is not None:
        kept &= value <= float(high)
    if low is not None:
        kept &= value >= float(low)
    if wanted.least is not None:
        enough = value >= float(wanted.least)
        kept &= (enough | (value == 0)) if wanted.zero else enough
    return pl.when(kept).then(value)


def _visible(text: str) -> str:
    """The text without the characters that nobody sees: marks of width 0 and of direction."""
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


@attrs.frozen
class _Unsaid:
    """What an instrument writes instead of a valid value; `value` is what it counts as."""

    kind: str
    value: float | None = None


def _read(wanted: Wanted, text: str) -> Any:
    """One spelling's value; None where it says nothing, or what is wrong with it."""
    column = wanted.field
    if text.startswith("="):
        return _FORMULA
    if text.upper() in FAILED or re.fullmatch("#+", text):
        return _FAILED
    if column is not None and text in BLANKS:
        return None
    if wanted.is_id:
        if ids.is_spoiled(text):
            return _SPOILED
        if isinstance(column, Reference) and not_stated(text):
            return None
        return ids.folded(text) if column is None else column.enter(text)
    if isinstance(column, Measured | Counted) and not_stated(text):
        # which number it is, is not settled
        return None
    if isinstance(column, Measured) and column.gauge is not None:
        said = _gauged(wanted, text)
        if said is not None:
            return said
    try:
        value = _enter(wanted, text)
    except (ValueError, UnitError) as error:
        return _wrong(wanted, text, error)
    return value if _plausible(wanted, value) else _implausible(wanted)


def _gauged(wanted: Wanted, text: str) -> _Unsaid | None:
    """What the export of an instrument says where it has no valid value; None where it has.

    Below the detection limit, half of it is what a statistic is made with: 《环境空气质量监测规范
    （试行）》 (国家环境保护总局公告2007年第4号) 附件五: 以1/2最低检出限报出.
    """
    gauge = wanted.field.gauge
    plain = units.clean(text)
    if gauge.is_missing(plain):
        return _Unsaid("missing")
    if gauge.is_flagged(plain):
        return _Unsaid("flagged")
    limit = gauge.limit(plain)
    if limit is None or wanted.unit is None:
        return None
    try:
        half = units.Quantity(Decimal(limit) / 2, wanted.unit).to(wanted.field.unit)
        return _Unsaid("below", float(wanted.field.enter(half)))
    except UnitError:
        return None


def _plausible(wanted: Wanted, value: Any) -> bool:
    match wanted.field:
        case Measured():
            if wanted.least is None or (wanted.zero and value == 0):
                return True
            return bool(value >= wanted.least)
        case Event():
            first, last = wanted.days
            return bool(value == NEVER or first <= value <= last)
        case Moment():
            begins, ends = moments(*wanted.days)
            return bool(value == NEVER_AT or begins <= value <= ends)
    return True


def _implausible(wanted: Wanted) -> Wrong:
    column = wanted.field
    if not isinstance(column, Measured):
        first, last = wanted.years
        return Wrong(
            Said(f"{first} 年至 {last} 年之间的日期", f"a plausible date, from {first} to {last}"),
            Said(
                "不合理：核对年份；确实如此的，在 airplan.toml 的 [facts] 里写 years",
                "implausible: look at the year, or set [facts] years in airplan.toml",
            ),
        )
    least = f"{units.plain(wanted.least or Decimal())} {column.unit}"
    return Wrong(
        Said(f"不小于 {least} 的数", f"a plausible number, at least {least}"),
        Said(
            f"不合理：是不是用了别的单位？把单位写在表头 {column.zh}[单位]；没有数据的留空",
            "implausible: is it in another unit? Write the unit in the header; a blank where "
            "there is no value",
        ),
    )


#: The multiples that are written behind a number, as powers of ten.
_POWERS = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9,
    "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
_MULTIPLE = re.compile(r"(?P<number>.*?[0-9.])\s*(?P<multiple>[十百千]?[万亿]|万亿|[十百千])?")
_OF_UNIT = re.compile(r"万亿|千万|百万|亿|万|千|百")


def _enter(wanted: Wanted, text: str) -> Any:
    column, unit = wanted.field, wanted.unit
    if isinstance(column, Event):
        day = last_of_month(text) if wanted.month_ends else None
        return day or column.enter(_MIDNIGHT.sub("", text))
    if not isinstance(column, Measured | Counted):
        return column.enter(text)
    split = _MULTIPLE.fullmatch(units.clean(text))
    if split is None or not units.is_number(split["number"]):
        return column.enter(text)
    if unit is None and isinstance(column, Measured):
        raise UnitError("no unit")
    return column.enter(_times(split["number"], split["multiple"], unit or column.unit))


def _times(number: str, multiple: str | None, unit: str) -> str:
    """A number and its own multiple in a header's unit: 0.5亿 under 万块/年 is 0.5 亿块/年.

    Nobody means 亿 times 万: who writes the larger multiple beside the number leaves the header's
    aside. The smaller one, 5千 under 万块/年, may mean either, and is told.
    """
    if multiple is None:
        return f"{number} {unit}"
    of_unit = _OF_UNIT.match(unit)
    if of_unit:
        if _POWERS[multiple] < _POWERS[of_unit[0]] or of_unit[0] in ("千", "百"):
            if _POWERS[multiple] < 4:
                raise UnitError(
                    f"{number}{multiple} of {unit} may be two numbers; write it in digits",
                    f"“{number}{multiple}”与单位“{unit}”叠在一起，说不清是多少；写成数字",
                )
        else:
            unit = unit[of_unit.end() :]
    value = units.to_decimal(number).scaleb(_POWERS[multiple], units.EXACT)
    return f"{units.plain(value)} {unit}"


#: What is said of a number that is not known for sure.
_ABOUT = re.compile(
    r"[约近余多超≥≤><＞＜]|左右|上下|大概|以[上下]|不到|[0-9]\s*[-~～—–至到]\s*[0-9]"
)


def _wrong(wanted: Wanted, text: str, error: Exception) -> Wrong:
    """What was expected of a cell, in the office's words, and what to write."""
    column, unit = wanted.field, wanted.unit
    zh = error.zh if isinstance(error, AirplanError) else None
    match column:
        case Measured() if str(error) == "no unit":
            header = f"{column.zh}[{column.office_unit}]"
            return Wrong(
                Said("带单位的数", "a number with a unit"),
                Said(
                    f"把单位写在表头 {header}，或写在单元格里",
                    f"write the unit in the header, {header}, or in the cell",
                ),
            )
        case Measured() | Counted():
            one = unit or column.unit
            whole = "整数" if isinstance(column, Counted) else "数"
            expected = Said(f"以 {one} 为单位的{whole}", f"a number in {one}")
            if isinstance(error, BoundError):
                expected = Said(f"合理的{whole}（{one}）", f"a plausible number in {one}")
            elif _ABOUT.search(text):
                zh = "不是一个确定的数；写一个数，不知道的留空"
            elif not re.search(r"[0-9]", units.clean(text)):
                zh = None
            return Wrong(expected, Said(zh or "写成数字，如 1234.5；不知道的留空", str(error)))
        case Event() if column.routine:
            expected = Said("日期，如 2024-10-31", "a date such as 2024-10-31")
        case Event():
            expected = Said(
                "日期，如 2024-10-31；没有发生的写“未发生”", "a date such as 2024-10-31, or 未发生"
            )
        case Moment(minutes=True):
            expected = Said(
                "北京时间，写到分，如 2024-10-31 07:05；没有发生的写“未发生”",
                "a minute of Beijing time such as 2024-10-31T07:05, or 未发生",
            )
        case Moment():
            expected = Said(
                "北京时间的整点，如 2024-10-31 07:00",
                "a full hour of Beijing time such as 2024-10-31T07:00",
            )
        case Flag():
            return Wrong(Said("是或否", "是 or 否"))
        case Stated():
            listed = "、".join(column.values)
            near = nearest(units.clean(text), column.values)
            return Wrong(
                Said(f"下列之一：{listed}", "one of the listed values"), Said(near.zh, str(error))
            )
        case _:
            return Wrong(Said("能读的内容", "what can be read"), Said("核对这个单元格", str(error)))
    return Wrong(expected, Said(zh, str(error)) if zh is not None else None)


#: What is said of the cells in which an instrument has no valid value, one line a column.
_PASSED = {
    "missing": (
        "个“{read}”之类是没有数据的记号，按缺失读",
        "with no data, as {read!r} says: missing",
    ),
    "flagged": (
        "个值带无效标记（如“{read}”），按缺失读",
        "marked invalid, such as {read!r}: missing",
    ),
    "below": (
        "个值低于检出限（如“{read}”），按检出限的一半读",
        "below the detection limit, such as {read!r}: read as half of it",
    ),
}


def passed_note(file: str, column: str, passed: Passed) -> Said:
    """How many cells of a column say that there is no valid value, in one line."""
    zh, en = (one.format(read=passed.read) for one in _PASSED[passed.kind])
    count = passed.count
    return Said(f"{file}：“{column}”列 {count} {zh}", f"{file}: column {column!r}: {count} {en}")
