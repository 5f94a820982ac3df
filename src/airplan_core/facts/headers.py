"""Which column of a sheet is which field, and in which unit it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem, Said, UnitError, nearest
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import ID_HEADERS, Ledger
from airplan_core.model.fields import Counted, Measured
from airplan_core.quantities import units

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


def parquet_header(path: Path, ledger: Ledger) -> dict[str, tuple[str, str | None]]:
    """Every field's column in a Parquet file, and the unit its header gives.

    Raises:
        FactsError: a column is of no field, or two are of one; the file cannot be read.
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
    fields, _ = fields_of(sheet, ledger)
    return {name: (header[place], unit) for name, (place, unit) in fields.items()}


#: Columns that offices keep for themselves, and that no rule reads.
UNREAD = frozenset(
    {
        "序号", "序", "no", "no.", "备注", "附注", "说明", "备注说明", "填报人", "填表人", "填写人",
        "经办人", "审核人", "复核人", "负责人", "联系人", "联系方式", "联系电话", "电话", "手机",
        "手机号", "填报单位", "填表单位", "填报日期", "填表日期", "填报时间", "更新时间",
        "更新日期", "录入人", "录入时间", "签字", "签名", "盖章",
        "remark", "remarks", "comment", "comments",
    }
)  # fmt: skip

#: How alike a header and a field's label are where one is taken for the other, misspelt.
_NEAR = 0.5

#: What stands around a header's words and is none of them: line breaks, 必填, asterisks.
_AROUND = re.compile(r"[\s*＊]+|[（(]?必填[）)]?")


def named_in(written: str | None) -> str:
    """A header's cell without what is none of its words."""
    return units.clean(_AROUND.sub("", written or ""))


def names_of(ledger: Ledger, own: Mapping[str, str]) -> dict[str, tuple[str, str | None]]:
    """What a header may call every field, and the unit that the county says it has there.

    Args:
        ledger: whose fields.
        own: the county's names, `"退出时间" = "exited_on"`, `"产能" = "capacity [万块/年]"`.
    """
    names: dict[str, str] = {name: name for name in ledger.columns}
    for field, column in ledger.columns.items():
        names.setdefault(column.en.lower(), field)
        names[named_in(column.zh)] = field
        names |= {named_in(alias).lower(): field for alias in column.aliases}
    names |= dict.fromkeys(ID_HEADERS, "id")
    found: dict[str, tuple[str, str | None]] = {
        name: (field, None) for name, field in names.items()
    }
    for written, meant in own.items():
        bracket = _UNIT.match(meant)
        unit = bracket["unit"].strip() if bracket else None
        found[named_in(written)] = (bracket["name"].strip() if bracket else meant, unit)
    return found


def field_in(
    header: str, names: Mapping[str, tuple[str, str | None]]
) -> tuple[str | None, str | None]:
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
            bracket = _UNIT.match(header)
            bare = bracket["name"].strip() if bracket else header
            options = [*ledger.columns, *labels.values()]
            if bare.lower() in UNREAD or not _near(bare, options):
                unread.append(written.strip())
                continue
            expected = Said(f"台账“{ledger.zh}”的字段", f"a field of {ledger.name}")
            wrong(place, written, expected, nearest(bare, options))
        elif name in found:
            wrong(
                place,
                written,
                Said(f"“{labels[name]}”只有一列", f"{name} once"),
                Said("有两列是同一个字段", "two columns are the same field"),
            )
        elif unit is not None and (why := _unit_problem(name, unit, ledger)):
            wrong(place, unit, why)
        else:
            found[name] = (place, unit)
    if "id" not in found and not ledger.key:
        known = [column.zh for column in ledger.columns.values()][:6]
        problems.append(
            Problem(
                file=sheet.file,
                sheet=sheet.sheet,
                row=sheet.head,
                read="、".join(text.strip() for text in sheet.header if text.strip())[:80],
                expected=Said(
                    f"有“编号”列的表头；台账“{ledger.zh}”还有：{'、'.join(known)}……",
                    f"a column id (or 编号), beside {', '.join(list(ledger.columns)[:6])}, …",
                ),
            )
        )
    if problems:
        raise FactsError(problems)
    return found, _unread_note(sheet, unread)


def _near(header: str, options: Iterable[str]) -> bool:
    """Whether a header is so like a field's name that it is taken for it, misspelt."""
    return bool(difflib.get_close_matches(header.lower(), map(str.lower, options), 1, _NEAR))


def _unread_note(sheet: Sheet, unread: Sequence[str]) -> tuple[Said, ...]:
    if not unread:
        return ()
    names = "、".join(unread)
    return (
        Said(f"{sheet.file}：没有读这些列：{names}", f"{sheet.file}: columns not read: {names}"),
    )


def _has_text(cells: pl.Series) -> bool:
    return bool((cells.fill_null("").str.strip_chars() != "").any())


def _unit_problem(name: str, unit: str, ledger: Ledger) -> Said | None:
    column = ledger.columns.get(name)
    if not isinstance(column, Measured | Counted):
        return Said("没有单位：这个字段没有单位", f"no unit: {name} has none")
    try:
        units.factor(unit, column.unit)
    except UnitError as error:
        return Said(f"能换算成 {column.unit} 的单位", f"a unit such as {column.unit} ({error})")
    return None
