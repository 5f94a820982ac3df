"""Which column of a sheet is which field, and in which unit it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem, Said, UnitError, nearest
from airplan_core.facts.grid import Table
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import ID_HEADERS, Ledger, Reference
from airplan_core.model.fields import Counted, Measured
from airplan_core.quantities import units
from airplan_core.rulebook.config import with_unit

#: What a header may call a field, and the unit that the county says it has there.
Names: TypeAlias = Mapping[str, tuple[str, str | None]]

_UNIT = re.compile(r"^(?P<name>.+?)\s*[\[【(](?P<unit>[^\[\]【】]+)[\]】)]$")


def shaped(sheet: Sheet, ledger: Ledger) -> Sheet:
    """The sheet in the ledger's own columns, where it is of another shape the ledger knows.

    Columns that the ledger knows and does not read are taken out, and noted.
    """
    for shape in ledger.shapes:
        sheet = shape(sheet) or sheet
    over = sheet.places(ledger.passed_over)
    if not over:
        return sheet
    kept = [place for place in range(len(sheet.header)) if place not in over]

    def of(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.select(pl.col(str(old)).alias(str(new)) for new, old in enumerate(kept))

    names = ", ".join(sheet.header[place] for place in over)
    return attrs.evolve(
        sheet,
        header=tuple(sheet.header[place] for place in kept),
        cells=of(sheet.cells),
        origins=None if sheet.origins is None else of(sheet.origins),
        notes=(
            *sheet.notes,
            Said(
                f"{sheet.file}：{names}：已知的列，没有读",
                f"{sheet.file}: {names}: known, and not read",
            ),
        ),
    )


def parquet_header(
    path: Path, ledger: Ledger, own: Mapping[str, str] | None = None
) -> tuple[dict[str, tuple[str, str | None]], tuple[Said, ...]]:
    """Every field's column in a Parquet file and the unit its header gives; and what is not read.

    Raises:
        FactsError: as `fields_of`; the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = tuple(pl.read_parquet_schema(file))
    except (pl.exceptions.PolarsError, OSError) as error:
        problem = Problem(
            file=path.name, expected=Said("Parquet 文件", "a Parquet file"), hint=str(error)
        )
        raise FactsError([problem]) from None
    cells = pl.DataFrame(schema=dict.fromkeys(map(str, range(len(header))), pl.String))
    sheet = Sheet(file=path.name, header=header, cells=cells, rows=pl.Series([], dtype=pl.Int64))
    fields, unread = fields_of(sheet, ledger, own)
    return {name: (header[place], unit) for name, (place, unit) in fields.items()}, unread


#: Columns that offices keep for themselves, and that no rule reads.
UNREAD = frozenset(
    {
        "序号", "序", "no", "no.", "备注", "附注", "说明", "备注说明", "填报人", "填表人", "填写人",
        "经办人", "审核人", "复核人", "负责人", "联系人", "联系方式", "联系电话", "电话", "手机",
        "手机号", "填报单位", "填表单位", "填报日期", "填表日期", "填报时间", "更新时间",
        "更新日期", "录入人", "录入时间", "签字", "签名", "盖章", "remark", "remarks", "comment",
        "comments",
    }
)  # fmt: skip

#: What a header's words are called otherwise, and what may stand around them or not.
_ALIKE = (("时间", "日期"), ("期限", "时限"), ("_date", "_on"))
_LOOSE = re.compile(r"^(是否|所属|所在)|(名称)$")

#: Above this a header and a field's name have more in common than not: two of three characters.
_NEAR = 2 / 3

#: What stands around a header's words and is none of them: line breaks, 必填, asterisks.
_AROUND = re.compile(r"[\s*＊]+|[（(]?[必选]填[）)]?")


def named_in(written: str | None) -> str:
    """A header's cell without what is none of its words."""
    return units.clean(_AROUND.sub("", written or ""))


def names_of(ledger: Ledger, own: Mapping[str, str]) -> Names:
    """What a header may call every field, and the unit that the county says it has there.

    Args:
        ledger: whose fields.
        own: the county's names, `"退出时间" = "exited_on"`, `"产能" = "capacity [万块/年]"`; under
            `""` is what it does not want read.
    """
    names: dict[str, str] = {name: name for name in ledger.columns}
    for field, column in ledger.columns.items():
        names.setdefault(named_in(column.en).lower(), field)
        names[named_in(column.zh)] = field
        names |= {named_in(alias).lower(): field for alias in column.aliases}
    names |= dict.fromkeys(ID_HEADERS, "id")
    found: dict[str, tuple[str, str | None]] = {
        name: (field, None) for name, field in names.items()
    }
    found |= {named_in(written): with_unit(meant.strip()) for written, meant in own.items()}
    return found


def field_in(header: str, names: Names) -> tuple[str | None, str | None]:
    """The field that a header names and the unit that it gives; None where there is none."""
    found = names.get(header) or names.get(header.lower())
    if found is not None:
        return found
    bracket = _UNIT.match(header)
    if bracket is None:
        return None, None
    name = bracket["name"].strip()
    field, unit = names.get(name) or names.get(name.lower()) or (None, None)
    return field, bracket["unit"].strip() if field is not None else unit


def fields_of(
    sheet: Sheet, ledger: Ledger, own: Mapping[str, str] | None = None
) -> tuple[dict[str, tuple[int, str | None]], tuple[Said, ...]]:
    """Every field's place in the sheet and the unit its header gives; and what is not read.

    Raises:
        FactsError: a column's name is nearly a field's, two are the same field, a unit does not
            fit, or there is no id.
    """
    names = names_of(ledger, own or {})
    labels = {"id": "编号"} | {name: column.zh for name, column in ledger.columns.items()}
    found: dict[str, tuple[int, str | None]] = {}
    problems = []
    unknown: list[int] = []
    unread: list[str] = []

    def wrong(place: int, read: str, expected: Said, hint: Said | None = None) -> None:
        problems.append(
            Problem(file=sheet.file, sheet=sheet.sheet, row=sheet.head,
                    column=sheet.header[place], read=read, expected=expected, hint=hint)
        )  # fmt: skip

    for place, written in enumerate(sheet.header):
        header = named_in(written)
        if not header:
            if _has_text(sheet.cells[str(place)]):
                wrong(place, "", Said("有数据的列要有表头", "a header over a column with values"))
            continue
        name, unit = field_in(header, names)
        if name is None:
            unknown.append(place)
        elif not name:
            unread.append(" ".join(written.split()))
        elif name in found:
            wrong(
                place,
                written,
                Said(f"“{labels[name]}”只有一列", f"{name} once"),
                Said("有两列是同一个字段", "two columns are the same field"),
            )
        elif unit is not None and (why := unit_problem(name, unit, ledger)):
            wrong(place, unit, why)
        else:
            found[name] = (place, unit)
    # a field that has its column is not what another column was meant for
    missing = {
        written: name if written.isascii() else labels[name]
        for name in labels
        if name not in found and not (name == "id" and ledger.key)
        for written in (name, labels[name], *getattr(ledger.columns.get(name), "aliases", ()))
    }
    for place in unknown:
        written = sheet.header[place]
        header = named_in(written)
        bracket = _UNIT.match(header)
        bare = bracket["name"].strip() if bracket else header
        meant = None if bare.lower() in UNREAD else _meant(bare, missing)
        if meant is None:
            unread.append(" ".join(written.split()))
            continue
        expected = Said(f"台账“{ledger.zh}”的字段", f"a field of {ledger.name}")
        wrong(place, written, expected, nearest(bare, [meant]))
    if lacking := _lacking(found, ledger):
        known = [column.zh for column in ledger.columns.values()][:6]
        columns = "、".join(f"“{labels[name]}”" for name in lacking)
        problems.append(
            Problem(
                file=sheet.file,
                sheet=sheet.sheet,
                row=sheet.head,
                read="、".join(text.strip() for text in sheet.header if text.strip())[:80],
                expected=Said(
                    f"有{columns}列的表头；台账“{ledger.zh}”还有：{'、'.join(known)}……",
                    f"a column {' and '.join(lacking)} (or {columns}), beside "
                    f"{', '.join(list(ledger.columns)[:6])}, …",
                ),
            )
        )
    if problems:
        raise FactsError(problems)
    return found, _unread_note(sheet, unread)


def _lacking(found: Iterable[str], ledger: Ledger) -> list[str]:
    """The columns without which no row is anyone's: the id, or what stands for it."""
    if "id" in found:
        return []
    if not ledger.key:
        return ["id"]
    lacking = [name for name in ledger.key if name not in found]
    if len(lacking) == len(ledger.key):
        return lacking
    return [name for name in lacking if isinstance(ledger.columns[name], Reference)]


def _meant(header: str, missing: Mapping[str, str]) -> str | None:
    """What a field is called that a header is nearly; None where it is none's.

    An office's own column is nobody's misspelling: 锅炉型号 is not 锅炉名称, 所属乡镇 not 所属企业.
    What two names end with is what they are of, so that 产能 is 年产能, and 企业地址 no 企业.

    Args:
        header: without its unit.
        missing: the names of the fields that have no column, and what each is called.
    """
    best: tuple[float, str | None] = (_NEAR, None)
    for name, called in missing.items():
        alike = _likeness(header.lower(), name.lower())
        if alike > best[0]:
            best = alike, called
    return best[1]


def _likeness(header: str, name: str) -> float:
    for one, other in _ALIKE:
        header, name = header.replace(one, other), name.replace(one, other)
    bare, core = _LOOSE.sub("", header), _LOOSE.sub("", name)
    if bare and bare == core:
        return 1.0
    short, long = sorted((header, name), key=len)
    alike = difflib.SequenceMatcher(None, header, name).ratio()
    if len(short) > 1 and not short.isascii() and long.endswith(short):
        # 日期 is nearer to 运输日期 than anything that only looks like it
        return max(alike, 0.7)
    return alike


def _unread_note(sheet: Sheet, unread: Sequence[str]) -> tuple[Said, ...]:
    if not unread:
        return ()
    names = "、".join(unread)
    return (
        Said(f"{sheet.file}：没有读这些列：{names}", f"{sheet.file}: columns not read: {names}"),
    )


def two_headers(table: Table | Sheet, first: int, second: int) -> FactsError:
    """A table with two headers: which of them its rows are under is not said."""
    expected = Said(
        f"一张表只有一个表头，第 {first} 行和第 {second} 行都像表头",
        f"one header; rows {first} and {second} both look like one",
    )
    hint = Said("两个表分到两张工作表或两个文件里", "put each table on a sheet of its own")
    problem = Problem(file=table.file, sheet=table.sheet, row=second, expected=expected, hint=hint)
    return FactsError([problem])


def _has_text(cells: pl.Series) -> bool:
    return bool((cells.fill_null("").str.strip_chars() != "").any())


def unit_problem(name: str, unit: str, ledger: Ledger) -> Said | None:
    """What a header's unit should be of a field; None where it is one of the field's."""
    column = ledger.columns.get(name)
    if not isinstance(column, Measured | Counted):
        return Said("没有单位：这个字段没有单位", f"no unit: {name} has none")
    try:
        units.factor(unit, column.unit)
    except UnitError as error:
        return Said(f"能换算成 {column.unit} 的单位", f"a unit such as {column.unit} ({error})")
    return None
